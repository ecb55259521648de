"""The stories in Korean: the same keys as `stories.STORIES`, and the same rules."""

from __future__ import annotations

from typing import Final

_LIBRARY: Final = "https://docs.python.org/ko/3/library/"

STORIES: Final[dict[str, tuple[str, str, str]]] = {
    "lost-update": (
        "갱신 손실",
        (
            "값을 읽고, 새 값을 계산하고, 다시 쓰는 일은 세 단계이며, 그 사이에 다른 작업이 "
            "끼어들 수 있습니다. 그때 쓰인 값은 덮어써져 사라집니다."
        ),
        f"{_LIBRARY}threading.html#lock-objects (Lock 객체)",
    ),
    "check-then-act": (
        "확인한 뒤 실행",
        (
            "확인은 한순간의 상태만 알려 줍니다. 다음 단계를 실행할 때는 다른 작업이 이미 "
            "상태를 바꾸었을 수 있습니다. 확인과 그에 따른 실행은 한 단계여야 합니다."
        ),
        f"{_LIBRARY}threading.html#with-locks (with 문과 락)",
    ),
    "torn-read": (
        "찢어진 읽기",
        (
            "함께 읽어야 하는 여러 값을 읽는 일은 한 단계가 아닙니다. 그 사이에 다른 작업이 "
            "값을 바꾸면 서로 다른 두 순간이 섞인, 한 번도 참이었던 적이 없는 값이 됩니다."
        ),
        f"{_LIBRARY}threading.html#lock-objects (Lock 객체)",
    ),
    "order-violation": (
        "순서 위반",
        (
            "이 코드는 어떤 일이 먼저 끝났다고 믿지만, 그것을 기다리게 하는 것이 없습니다. "
            "먼저 시작했거나 보통 더 빠르다는 것은 끝났다는 뜻이 아닙니다."
        ),
        f"{_LIBRARY}threading.html#thread-objects (join)",
    ),
    "wrong-result": (
        "잘못된 결과",
        (
            "이 스케줄에서는 결과가 계약과 다릅니다. 다른 스케줄에서는 맞을 수도 있습니다. 단계를 "
            "차례대로 따라가며, 어느 단계에서 어긋나는지 찾아보세요."
        ),
        "이 연습 문제의 설명을 한 단어씩",
    ),
    "not-linearizable": (
        "어떤 호출 순서로도 설명되지 않음",
        (
            "각 호출은 시작과 끝 사이의 한순간에 일어난 것처럼 보여야 합니다. 이 호출들을 "
            "하나씩 차례로 실행해서 이런 결과가 나오는 순서는 없습니다."
        ),
        f"{_LIBRARY}threading.html#lock-objects (Lock 객체)",
    ),
    "over-synchronised": (
        "지나친 동기화",
        (
            "결과는 맞지만, 서로 필요한 것이 없는데도 어떤 작업이 다른 작업을 기다립니다. "
            "동시에 일어날 수 있어야 하는 일이 결코 동시에 일어나지 않습니다."
        ),
        "이 연습 문제의 설명: 무엇이 나란히 일어나도 되는가",
    ),
    "deadlock": (
        "교착 상태",
        (
            "각 작업이 다른 작업에 필요한 것을 쥔 채, 다른 작업이 쥔 것을 기다립니다. 나머지를 "
            "얻기 전에는 아무도 돌려주지 않으므로 모두 영원히 기다립니다."
        ),
        "https://ko.wikipedia.org/wiki/교착_상태 (교착 상태의 네 가지 조건)",
    ),
    "self-deadlock": (
        "자기 자신을 기다림",
        (
            "이 작업은 이미 쥐고 있는 락을 다시 요청합니다. 보통의 Lock은 누가 요청하는지 "
            "따지지 않습니다. 풀리기 전에는 아무도 들이지 않는데, 풀 수 있는 작업이 바로 "
            "기다리고 있습니다."
        ),
        f"{_LIBRARY}threading.html#rlock-objects (RLock과 Lock의 차이)",
    ),
    "lock-not-released": (
        "풀리지 않은 락",
        (
            "누군가 이 락을 얻고 돌려주지 않은 채 떠났습니다. 중간의 return이나 예외 때문일 수 "
            "있습니다. 그 뒤로 이 락을 요청하는 작업은 모두 영원히 기다립니다."
        ),
        f"{_LIBRARY}threading.html#with-locks (with 문과 락)",
    ),
    "lost-wakeup": (
        "아무도 깨우지 않음",
        (
            "이 작업은 알림을 기다리지만 알려 줄 작업이 남아 있지 않습니다. 신호는 보관되지 "
            "않습니다. 기다리기 전에 온 신호나 다른 작업을 깨운 신호는 사라집니다."
        ),
        f"{_LIBRARY}threading.html#condition-objects (Condition 객체)",
    ),
    "livelock": (
        "끝없이 맴돎",
        (
            "프로그램은 바쁘지만 더는 아무것도 바뀌지 않습니다. 아무도 하지 않을 일을 반복문이 "
            "기다리거나, 모두가 양보하고 같은 순서로 다시 시도합니다."
        ),
        f"{_LIBRARY}threading.html#condition-objects (바쁜 반복문 없이 기다리기)",
    ),
    "starvation": (
        "차례가 오지 않음",
        (
            "어떤 작업은 계속 나아가는데 다른 작업은 내내 기다립니다. 완전히 멈춘 것은 "
            "아니지만, 차례가 온다는 보장이 없습니다."
        ),
        f"{_LIBRARY}threading.html#condition-objects (Condition 객체)",
    ),
    "leaked-task": (
        "남겨진 작업",
        (
            "일은 끝났지만 그 일을 위해 시작한 스레드나 프로세스가 아직 남아 기다립니다. "
            "시작한 쪽이 끝도 챙겨야 합니다."
        ),
        f"{_LIBRARY}threading.html#thread-objects (Thread 객체)",
    ),
    "exception": (
        "예외",
        (
            "예외가 잡히지 않은 채 작업의 끝까지 갔습니다. 위의 단계들은 그 전에 작업들이 한 "
            "일을 보여 줍니다."
        ),
        "https://docs.python.org/ko/3/tutorial/errors.html (에러와 예외)",
    ),
    "lost-exception": (
        "아무도 모르는 오류",
        (
            "다른 스레드나 프로세스에서 무언가 실패했는데, 일을 맡긴 쪽은 그것을 알지 "
            "못합니다. 예외는 일어난 작업을 끝낼 뿐, 저절로 다른 곳으로 가지 않습니다."
        ),
        f"{_LIBRARY}threading.html (threading.excepthook)",
    ),
    "short-read": (
        "일부만 도착함",
        (
            "스트림에는 메시지 사이의 경계가 없습니다. 한 번 읽으면 메시지의 일부만, 또는 한 "
            "메시지의 끝과 다음 메시지의 처음을 얻을 수 있습니다."
        ),
        "https://docs.python.org/ko/3/howto/sockets.html#using-a-socket (소켓 사용하기)",
    ),
    "join-before-drain": (
        "읽기 전에 끝나기를 기다림",
        (
            "넘겨줄 데이터가 남은 작업은 넣을 자리가 없어 끝날 수 없습니다. 데이터를 읽기 전에 "
            "그 작업이 끝나기를 기다리면 영원히 기다립니다."
        ),
        f"{_LIBRARY}multiprocessing.html (큐를 사용하는 프로세스의 join)",
    ),
    "per-process-lock": (
        "프로세스마다 다른 락",
        (
            "두 프로세스가 모두 락을 쥐고 있지만 같은 락이 아닙니다. 모듈이나 전달된 객체의 "
            "복사본이 만들어질 때처럼, 프로세스마다 자기만의 락이 따로 만들어졌습니다. 락은 같은 "
            "락을 요청하는 작업만 막습니다."
        ),
        f"{_LIBRARY}multiprocessing.html (컨텍스트 및 시작 방법: spawn)",
    ),
}

WHATEVER_SCHEDULE: Final[dict[str, str]] = {
    "wrong-result": (
        "결과가 계약과 다르며, 특별한 순간에 끼어들지 않아도 그렇습니다. 작업이 하나씩 차례로 "
        "실행된다고 생각하고 코드를 따라가 보세요."
    )
}
