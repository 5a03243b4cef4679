"""Messages that break readers of mail: what is sent by mistake, and on purpose."""

import base64

FROM = b"From: Focal point <focal.point@example.org>\r\n"
ID = b"Message-ID: <broken@example.org>\r\n"
MIME = b"MIME-Version: 1.0\r\n"


def _head(*lines: bytes, subject: bytes = b"Subject: AHQ\r\n") -> bytes:
    return FROM + ID + subject + MIME + b"".join(one + b"\r\n" for one in lines)


def _nested(depth: int) -> bytes:
    """Containers in containers, the text in the innermost."""
    before = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
        for n in range(depth)
    )
    after = b"".join(b"\r\n--b%d--\r\n" % n for n in reversed(range(depth)))
    inner = b"Content-Type: text/plain\r\n\r\nThe answer is at the bottom.\r\n"
    return FROM + ID + MIME + before + inner + after


def _wide(parts: int) -> bytes:
    part = b"--b\r\nContent-Type: text/plain\r\n\r\nOne part.\r\n"
    kind = b'Content-Type: multipart/mixed; boundary="b"'
    return _head(kind) + b"\r\n" + part * parts + b"--b--\r\n"


def _attached(headers: bytes, body: bytes, text: bytes = b"See the file.") -> bytes:
    kind = b'Content-Type: multipart/mixed; boundary="b"'
    first = b"--b\r\nContent-Type: text/plain\r\n\r\n" + text + b"\r\n"
    second = b"--b\r\n" + headers + b"\r\n" + body + b"\r\n--b--\r\n"
    return _head(kind) + b"\r\n" + first + second


def _report(second: bytes) -> bytes:
    kind = b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"'
    said = b"--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
    return _head(kind) + b"\r\n" + said + second + b"--b--\r\n"


STATUS = (
    b"--b\r\nContent-Type: message/delivery-status\r\n\r\n"
    b"Reporting-MTA: dns; mx.example.org\r\n\r\n"
    b"Final-Recipient: rfc822; gone@example.org\r\nAction: failed\r\n"
    b"Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n"
)
LARGE = base64.encodebytes(bytes(range(256)) * 4 * 1024 * 22)

CORPUS: dict[str, bytes] = {
    "one sign": b"x",
    "only line ends": b"\r\n\r\n\r\n",
    "no headers": b"Just a text without any header, as a script sends it.\r\n",
    "no body": FROM + ID,
    "no message id": FROM + b"Subject: AHQ\r\n\r\nNo quota applies.\r\n",
    "empty message id": FROM + b"Message-ID: <>\r\n\r\nNo quota applies.\r\n",
    "message id twice": FROM + ID + b"Message-ID: <other@example.org>\r\n\r\nText\r\n",
    "no sender": ID + b"Subject: AHQ\r\n\r\nText\r\n",
    "sender is nonsense": b"From: <<>>;,@@ (((\r\n" + ID + b"\r\nText\r\n",
    "huge header": _head(b"X-Huge: " + b"a" * 600_000) + b"\r\nText\r\n",
    "many headers": _head(*(b"X-%d: y" % n for n in range(20_000))) + b"\r\nText\r\n",
    "unknown charset": _head(b"Content-Type: text/plain; charset=x-klingon-7")
    + b"\r\n\xd0\xd1 No quota applies.\r\n",
    "charset is nonsense": _head(b'Content-Type: text/plain; charset="\xff\x00;;"')
    + b"\r\nText\r\n",
    "charset lies": _head(b"Content-Type: text/plain; charset=us-ascii")
    + "\r\nŠeimos susijungimas: kvotų nėra.\r\n".encode(),
    "base64 rubbish": _head(
        b"Content-Type: text/plain", b"Content-Transfer-Encoding: base64"
    )
    + b"\r\n!!!! this *is* no base64 ====\r\nA\r\n",
    "quoted printable rubbish": _head(
        b"Content-Type: text/plain", b"Content-Transfer-Encoding: quoted-printable"
    )
    + b"\r\nNo =ZZ quota =\r\n= applies =E\r\n",
    "unknown transfer encoding": _head(
        b"Content-Type: text/plain", b"Content-Transfer-Encoding: x-rot13"
    )
    + b"\r\nAb dhbgn\r\n",
    "nested 100 deep": _nested(100),
    "nested 3000 deep": _nested(3000),
    "5000 parts": _wide(5000),
    "missing boundary": _head(b"Content-Type: multipart/mixed") + b"\r\nText\r\n",
    "boundary never comes": _head(b'Content-Type: multipart/mixed; boundary="zz"')
    + b"\r\nText without any part\r\n",
    "boundary not closed": _head(b'Content-Type: multipart/mixed; boundary="b"')
    + b"\r\n--b\r\nContent-Type: text/plain\r\n\r\nThe text breaks o",
    "content type is nonsense": _head(b"Content-Type: ;;;/;==") + b"\r\nText\r\n",
    "NUL bytes": _head(b"Content-Type: text/plain") + b"\r\nNo\x00 quota\x00\r\n",
    "NUL in headers": FROM + b"Subject: A\x00HQ\r\n" + ID + b"\r\nText\r\n",
    "eight-bit headers": FROM
    + "Subject: Užklausa „Grąžinimas“\r\n".encode()
    + ID
    + b"\r\nText\r\n",
    "eight-bit headers of Windows": FROM
    + "Subject: Užklausa apie šeimą\r\n".encode("cp1257")
    + ID
    + b"\r\nText\r\n",
    "RFC 2231 name": _attached(
        b"Content-Type: application/pdf\r\nContent-Disposition: attachment;\r\n"
        b" filename*0*=UTF-8''%C5%A1eim%C5%B3%20;\r\n filename*1*=atsakymas.pdf\r\n",
        b"%PDF-1.4 nothing in it",
    ),
    "RFC 2231 name broken": _attached(
        b"Content-Type: application/pdf\r\nContent-Disposition: attachment;\r\n"
        b" filename*5*=UTF-8''%ZZ%C5; filename*0*=x-none'%%\r\n",
        b"%PDF-1.4 nothing in it",
    ),
    "name goes up": _attached(
        b"Content-Type: application/pdf\r\n"
        b'Content-Disposition: attachment; filename="../../etc/passwd.pdf"\r\n',
        b"%PDF-1.4 nothing in it",
    ),
    "winmail.dat": _attached(
        b"Content-Type: application/ms-tnef\r\n"
        b'Content-Disposition: attachment; filename="winmail.dat"\r\n',
        b"\x78\x9f\x3e\x22 rubbish",
    ),
    "S/MIME closed": _head(
        b'Content-Type: application/pkcs7-mime; name="a.p7m"',
        b"Content-Transfer-Encoding: base64",
    )
    + b"\r\nMIAGCSqGSIb3DQEHA6CAMIACAQ==\r\n",
    "S/MIME signed": _head(
        b'Content-Type: multipart/signed; protocol="application/pkcs7-signature";'
        b' boundary="b"'
    )
    + b"\r\n--b\r\nContent-Type: text/plain\r\n\r\nNo quota applies.\r\n"
    + b"--b\r\nContent-Type: application/pkcs7-signature\r\n\r\nrubbish\r\n--b--\r\n",
    "empty body": _head(b"Content-Type: text/plain") + b"\r\n",
    "report without the original": _report(STATUS),
    "report of nothing": _report(
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nrubbish\r\n"
    ),
    "report with rubbish inside": _report(
        STATUS + b"--b\r\nContent-Type: message/rfc822\r\n\r\nno mail at all\r\n"
    ),
    "date garbage": _head(b"Date: the day after tomorrow, 99:99 +9999")
    + b"\r\nText\r\n",
    "date of the year 0": _head(b"Date: Mon, 00 Jan 0000 00:00:00 +0000")
    + b"\r\nText\r\n",
    "encoded word abuse": FROM
    + ID
    + b"Subject: =?utf-8?b?4pyo?= =?x-none?q?=ff=fe?= =?utf-8?b?!!!?= =?utf-8?q?"
    + b"=00" * 500
    + b"?=\r\n\r\nText\r\n",
    "encoded line ends in the subject": FROM
    + ID
    + b"Subject: =?utf-8?q?AHQ=0D=0ABcc:_all@example.org?=\r\n\r\nText\r\n",
    "HTML without end": _head(b"Content-Type: text/html")
    + b"\r\n"
    + b"<div><![CDATA[<b onclick=x>" * 3000,
    "mail in a mail in a mail": _head(b"Content-Type: message/rfc822")
    + b"\r\n"
    + b"".join(b"Content-Type: message/rfc822\r\n\r\n" for _ in range(200))
    + b"Text\r\n",
    "lone half characters": _head(b"Content-Type: text/plain; charset=utf-8")
    + b"\r\n\xed\xa0\x80 No quota \xff applies\r\n",
    "30 MB": _attached(
        b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="large.pdf"\r\n',
        LARGE,
    ),
    "24 MB of lines": _head(b"Content-Type: text/plain")
    + b"\r\n"
    + b"> quoted and quoted again\r\nanswered and answered\r\n" * 480_000,
}
"""By what is wrong with it. Every one must end as a stored message."""
