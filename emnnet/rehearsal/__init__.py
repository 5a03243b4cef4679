"""The main job from end to end, with simulated partners and a clock that moves."""
