"""What is said about steps and runs, in Korean: by the English template (see `say`).

`{name:이}` is the name with the particle that fits the sound of its end: 이 or 가.
"""

from __future__ import annotations

from typing import Final

# After a vowel, for the one that is written in a template (which comes after a consonant).
_PARTICLES: Final = {
    "이": "가", "은": "는", "을": "를", "과": "와", "으로": "로", "이라": "라", "이나": "나",
}  # fmt: skip
_CLOSED_DIGITS: Final = frozenset(
    "013678"
)  # 영 일 삼 육 칠 팔; and English words by how they sound in Korean: 락, 이름, 테이블
_CLOSED_ENDS: Final = ("l", "m", "n", "ck", "ng", "ap", "ip", "op", "up", "le", "me", "ne")
_FIRST, _LAST, _FINALS, _RIEUL = 0xAC00, 0xD7A3, 28, 8  # of Hangul syllables; final ㄹ
_SILENT: Final = "\"'`)]}>.…"


def with_particle(text: str, particle: str) -> str:
    """`text` with the form of the particle that it needs."""
    end = text.rstrip(_SILENT)[-1:]
    code = ord(end) if end else 0
    if _FIRST <= code <= _LAST:
        final = (code - _FIRST) % _FINALS
    else:
        word = text.rstrip(_SILENT).lower()
        final = int(end in _CLOSED_DIGITS or word.endswith(_CLOSED_ENDS))
        if word.endswith(("1", "7", "8", "l", "le")):
            final = _RIEUL
    open_ = final == 0 or (particle == "으로" and final == _RIEUL)
    return text + (_PARTICLES[particle] if open_ else particle)


_STEPS: Final = {
    "acquires {x}": "{x:을} 잡음",
    "releases {x}": "{x:을} 놓음",
    "waits on {x}": "{x}에서 기다림",
    "is woken": "깨어남",
    "sets {x}": "{x:을} 설정함",
    "clears {x}": "{x:을} 해제함",
    "starts {t}": "{t:을} 시작함",
    "sees that {t} has ended": "{t:이} 끝난 것을 확인함",
    "ends": "끝남",
    "sleeps": "잠듦",
    "lets others go first": "다른 작업에 양보함",
    "goes round and round": "제자리를 맴돎",
    "prints {v}": "{v:을} 출력함",
    "arrives at {x}": "{x}에 도착함",
    "deletes {x}": "{x:을} 지움",
    "ends {t} by force": "{t:을} 강제로 끝냄",
    "says that an item of {x} is done": "{x}의 항목 하나를 끝냈다고 알림",
    "moves an item into {x}": "{x}에 항목을 옮김",
    "has handed over all it had for {x}": "{x}에 보낼 것을 모두 넘김",
    "closes {x}": "{x:을} 닫음",
    "shuts {x} down": "{x:을} 종료함",
    "accepts a connection on {x}": "{x}에서 연결을 받음",
    "connects {x}": "{x:을} 연결함",
    "listens on {x}": "{x}에서 연결을 받을 준비를 함",
    "binds {x}": "{x}에 주소를 붙임",
    "looks what is ready in {x}": "{x}에서 준비된 것을 살펴봄",
    "is through with {x}": "{x:을} 다 씀",
    "looks at the clock": "시계를 봄",
    "goes on with {x}": "{x:을} 이어서 실행함",
    "calls {v}": "{v:을} 호출함",
    "is back from {v}": "{v}에서 돌아옴",
    "resets {x}": "{x:을} 초기화함",
    "breaks {x}": "{x:을} 깨뜨림",
    "looks for what {x} has returned before": "{x:이} 전에 반환한 값을 찾아봄",
    "keeps what {x} has returned": "{x:이} 반환한 값을 보관함",
    "looks at the cache of {x}": "{x}의 캐시를 살펴봄",
    "empties the cache of {x}": "{x}의 캐시를 비움",
    "sees: {what}": "확인: {what}",
    "{x} is taken": "{x:을} 누가 쥐고 있음",
    "{x} is free": "{x:이} 비어 있음",
    "{x} is set": "{x:이} 설정되어 있음",
    "{x} is not set yet": "{x:이} 아직 설정되지 않음",
    "{t} is still alive": "{t:이} 아직 살아 있음",
    "{t} has ended": "{t:이} 끝났음",
    "{x} is empty": "{x:이} 비어 있음",
    "{x} is not empty": "{x:이} 비어 있지 않음",
    "{x} is full": "{x:이} 가득 참",
    "{x} is not full": "{x:이} 가득 차지 않음",
    "waits for {x}": "{x:을} 기다림",
    "waits for {t} to end": "{t:이} 끝나기를 기다림",
    "waits on {x} to be told": "{x}에서 신호를 기다림",
    "waits for {x} to be free again": "{x:이} 다시 비기를 기다림",
    "waits until somebody reads {x}": "누가 {x:을} 읽기를 기다림",
    "waits for room in {x}": "{x}에 자리가 나기를 기다림",
    "waits for an item in {x}": "{x}에 항목이 들어오기를 기다림",
    "waits for data on {x}": "{x}에 데이터가 오기를 기다림",
    "waits for a connection on {x}": "{x}에 연결이 오기를 기다림",
    "waits for a place in the queue of those who connect": "연결 대기열에 자리가 나기를 기다림",
    "waits until something is ready in {x}": "{x}에서 무언가 준비되기를 기다림",
    "waits for {x} ({kind})": "{x:을} 기다림 ({kind})",
    "waits for the others to end": "다른 작업들이 끝나기를 기다림",
    "has waited": "다 기다렸음",
    "adds {v} to {x}": "{x}에 {v:을} 더함",
    "takes {v} from {x}": "{x}에서 {v:을} 꺼냄",
    "removes {v} from {x}": "{x}에서 {v:을} 없앰",
    "empties {x}": "{x:을} 비움",
    "stops waiting: time is up": "시간이 다 되어 그만 기다림",
    "puts {v} into {x}": "{x}에 {v:을} 넣음",
    "finds {x} full": "{x:이} 가득 찬 것을 봄",
    "gets {v} from {x}": "{x}에서 {v:을} 꺼냄",
    "finds {x} empty": "{x:이} 빈 것을 봄",
    "sends {v} through {x}": "{x:으로} {v:을} 보냄",
    "sends through {x}": "{x:으로} 보냄",
    "receives {v} from {x}": "{x}에서 {v:을} 받음",
    "receives from {x}": "{x}에서 받음",
    "finds {x} set": "{x:이} 설정된 것을 봄",
    "raises {v}": "예외 발생: {v}",
    "tries {x}: it is taken": "{x:을} 시도함: 누가 쥐고 있음",
    "notifies {x}": "{x}에 알림",
    "notifies {x}: nobody is waiting": "{x}에 알림: 기다리는 작업이 없음",
    "notifies {x}: wakes {v}": "{x}에 알림: {v}개를 깨움",
    "reads {x}": "{x} 읽음",
    "writes {x}": "{x} 씀",
    "changes {x} {op} {v}": "{x} 바꿈 {op} {v}",
    "{what} {sign} {v}": "{what} {sign} {v}",
    "it": "그것",
    "nothing": "아무것도 아닌 것",
    "(in the check)": "(검사 안에서)",
    "set": "설정됨",
    "not set": "설정되지 않음",
    "deleted": "지워짐",
    "empty": "비어 있음",
    "{v} added": "{v} 더해짐",
    "{v} taken out": "{v} 꺼내짐",
    "changed by {kind}": "{kind:으로} 바뀜",
}
_NOTES: Final = {
    "overwrites what {name} wrote": "{name:이} 쓴 값을 덮어씀",
    "what it saw is no longer so": "확인한 것이 이제는 사실이 아님",
    "{rival} is about to change it again": "{rival:이} 곧 다시 바꿀 값임",
    "{name} sees this before it is changed again": "다시 바뀌기 전에 {name:이} 이 값을 봄",
    "not what it {did} before": "앞에서 {did} 값이 아님",
    "comes in between what {name} does with a lock": "{name:이} 락을 쥐고 하는 일에 끼어듦",
    "mixes two different moments": "서로 다른 두 순간을 섞음",
    "{writer} is not done yet": "{writer:이} 아직 끝나지 않음",
    "{name} is not done yet": "{name:이} 아직 끝나지 않음",
    "nobody has done it yet": "아직 아무도 처리하지 않음",
    "{name} does not wait any longer": "{name:이} 더 기다리지 않음",
    "{name} goes on without it": "{name:이} 락 없이 계속함",
    "{name} has ended and still holds it": "{name:이} 끝났는데도 쥐고 있음",
    "nobody in this circle can go on": "이 고리에서는 아무도 나아갈 수 없음",
    "it holds {x} itself": "자기가 {x:을} 쥐고 있음",
    "the call ends, {lock} stays taken": "호출은 끝나고 {lock:은} 잡힌 채로 남음",
    "the call ends, {subject} stays taken": "호출은 끝나고 {subject:은} 잡힌 채로 남음",
    "and still holds {subject}": "그런데도 {subject:을} 쥐고 있음",
    "nobody reads": "아무도 읽지 않음",
    "{names} {verb} left behind": "{names:이} 남겨짐",
    "nobody is left to wake it": "깨워 줄 작업이 남아 있지 않음",
    "the call ends, and nothing was put back": "호출은 끝났는데 도로 넣은 것이 없음",
    "it ends here, and {name} waits for ever": "여기서 끝나고, {name:은} 영원히 기다림",
    "each waits for what the other one has yet to do": "서로 상대가 할 일을 기다림",
    "the rest of its message never comes": "메시지의 나머지가 오지 않음",
    "{outside} comes in only now": "{outside:은} 이제야 들어옴",
    "not what {name} wrote before": "{name:이} 앞서 쓴 값이 아님",
    "was woken, and it is as before": "깨어났지만 상황은 그대로임",
    "{starving} never gets its turn": "{starving:은} 차례가 오지 않음",
    "and so on, without end": "이렇게 끝없이 되풀이됨",
}
_FACTS: Final = {
    "{name} goes on with the {old} it read before, although {name2} has written {new} since.": "{name:은} 앞에서 읽은 {old:으로} 계속하지만, 그 사이에 {name2:이} {new:을} 썼습니다.",
    "{name} looked at {where} in line {line}; when it acts in line {line2}, {rival} has changed "
    "{where}.": "{name:은} {line}행에서 {where:을} 확인했지만, {line2}행에서 행동할 때는 {rival:이} 이미 "
    "{where:을} 바꾸었습니다.",
    " in line {line}": " {line}행에서",
    "line {line}": "{line}행",
    "the check": "검사",
    "{name} reads {place} as {value}{where}: {rival} has written that in line {line} and writes "
    "{value2} in line {line2}.": "{name:이}{where} {place}의 값으로 {value:을} 읽습니다. {rival:이} {line}행에서 쓴 값이며, "
    "{line2}행에서는 {value2:을} 씁니다.",
    "{did} {place} as {value}": "{place}의 값으로 {value:을} {did}",
    "changed {place}": "{place:을} 바꾸었",
    "wrote": "썼",
    "read": "읽었",
    "{name} {saw} in line {line}, and finds {value} in line {line2}: {rival} came in between.": "{name:은} {line}행에서 {saw}는데, {line2}행에서는 {value:을} 봅니다. 그 사이에 {rival:이} "
    "끼어들었습니다.",
    "{name} {did} {place} in line {line}, and finds it changed in line {line2}: {rival} came in "
    "between.": "{name:은} {line}행에서 {place:을} {did}는데, {line2}행에서는 바뀌어 있습니다. 그 사이에 "
    "{rival:이} 끼어들었습니다.",
    "{name} looked at {place} in line {line} and changes it in line {line2}. {rival} has changed "
    "it in between.": "{name:은} {line}행에서 {place:을} 확인하고 {line2}행에서 바꿉니다. 그 사이에 {rival:이} "
    "바꾸었습니다.",
    "{name} sees {place} as it was before {rival}'s change and {place2} as it is after it. These "
    "two never belonged together.": "{name:은} {place:은} {rival:이} 바꾸기 전의 값으로, {place2:은} 바꾼 뒤의 값으로 "
    "봅니다. 이 둘은 "
    "함께였던 적이 없습니다.",
    "{name} looks into {place} twice while {rival} has made one of two changes that belong "
    "together.": "함께 일어나야 할 두 변경 가운데 {rival:이} 하나만 한 사이에 {name:이} {place:을} 두 "
    "번 들여다봅니다.",
    "{reader} read {place} before {writer} had written it.": "{reader:은} {writer:이} 쓰기도 전에 {place:을} 읽었습니다.",
    "{reader} read {place} while {writer} was still at work, and never waited for it.": "{reader:은} {writer:이} 아직 일하는 동안 {place:을} 읽었고, 끝나기를 기다리지 않았습니다.",
    "{name} ends {name2} by force in line {line}: it is not done.": "{name:은} {line}행에서 {name2:을} 강제로 끝냅니다. {name2:은} 아직 일을 마치지 "
    "않았습니다.",
    "{name} started {name2} in line {line} and reads {place} in line {line2}, and never waited "
    "for it.": "{name:은} {line}행에서 {name2:을} 시작하고, 기다리지 않은 채 {line2}행에서 {place:을} "
    "읽습니다.",
    "{name} puts {value} into {queue} in line {line} and reads {place} in line {line2}, before "
    "anybody has taken it out.": "{name:은} {line}행에서 {queue}에 {value:을} 넣고, 아무도 꺼내기 전에 {line2}행에서 "
    "{place:을} "
    "읽습니다.",
    "an order": "주문",
    "{lock} let both of them in at once.": "{lock:은} 둘을 한꺼번에 들여보냈습니다.",
    "{name} gave {lock} back between the two steps and took it again.": "{name:은} 두 단계 사이에 {lock:을} 놓았다가 다시 잡았습니다.",
    "{name} asked for {lock} in line {line}": "{name:은} {line}행에서 {lock:을} 요청했지만",
    "{asked}, {why} and went on without it.": "{asked} {why} 락 없이 계속했습니다.",
    "did not get it": "얻지 못해",
    "waited until its time was up": "시간이 다 되어",
    "{name} gave {lock} back before it came to line {line}.": "{name:은} {line}행에 이르기 전에 {lock:을} 놓았습니다.",
    "{name} took {lock} only after it had read in line {line}.": "{name:은} {line}행에서 읽고 나서야 {lock:을} 잡았습니다.",
    "{holder} holds {lock}, but {name} does not in {where}.": "{holder:은} {lock:을} 쥐고 있지만, {name:은} {where}에서 쥐고 있지 않습니다.",
    "{holder} holds {lock}, but {name} does not ask for it.": "{holder:은} {lock:을} 쥐고 있지만, {name:은} 그것을 요청하지 않습니다.",
    "While its steps are written down, objects live longer, and this program does something else than it did before: does it use weak references? What is shown may be right.": "단계를 기록하는 동안에는 객체가 더 오래 살아 있어서, 이 프로그램이 앞에서와 다르게 움직입니다. 약한 참조를 쓰나요? 여기 보이는 것은 올바른 실행일 수도 있습니다.",
    "a lock": "락",
    "{name} gave {lock} back between its two changes and took it again.": "{name:은} 두 변경 사이에 {lock:을} 놓았다가 다시 잡았습니다.",
    "{name} held no lock all the way from the one change to the other.": "{name:은} 한 변경에서 다른 변경까지 내내 쥐고 있던 락이 없습니다.",
    " Both were made by line {made_at}, one each time it ran.": " 둘 다 {made_at}행이 실행될 때마다 하나씩 만들어졌습니다.",
    "{name} holds {first} and {rival} holds {second}. These are two locks: neither keeps the "
    "other one out.{made}": "{name:은} {first:을} 쥐고 {rival:은} {second:을} 쥐고 있습니다. 서로 다른 두 락이므로 "
    "상대를 막지 "
    "못합니다.{made}",
    "{name} raises {text}{where}, and {nobody}.": "{name:이}{where} 예외 {text:을} 일으키는데, {nobody}.",
    "The calls of {name}{where} come to that line again, and so on, until Python stops them with "
    "a RecursionError. The run ends there, even where the code catches that; only the first round is "
    "shown.": "{name:이}{where} 부른 것이 같은 행에 다시 오기를 되풀이하다가, Python이 RecursionError로 "
    "멈춥니다. 코드가 그 예외를 잡더라도 실행은 거기에서 끝나며, 첫 번째 되풀이만 보여 줍니다.",
    "nobody catches it": "아무도 잡지 않습니다",
    "its parent is not told": "부모 프로세스는 알지 못합니다",
    "an exception": "예외",
    "{name} was inside at that moment, in line {line}: a generator can go on for one task at a "
    "time.": "그때 {name:이} {line}행, 그 안에 있었습니다. 제너레이터는 한 번에 한 작업만 이어서 "
    "실행할 수 있습니다.",
    " {name} had it.": " {name:이} 쥐고 있었습니다.",
    "{name} asked for {lock} in line {line}, did not get it and went on.{whose}": "{name:은} {line}행에서 {lock:을} 요청했지만 얻지 못한 채 계속했습니다.{whose}",
    "{name} waited for {subject} in line {line} until its time was up, and went on. What it waited "
    "for came later, from {rival}.": "{name:은} {line}행에서 {subject:을} 기다리다가 시간이 다 되어 그냥 계속했습니다. "
    "기다리던 것은 나중에 {rival:이} 보냈습니다.",
    "{name} looked whether {place} had returned something before, and then called it. {rival} has "
    "called it too: nothing is locked while the function runs.": "{name:은} {place:이} 전에 돌려준 값이 있는지 확인하고 나서 호출했습니다. "
    "{rival}도 호출했습니다. 함수가 실행되는 동안에는 아무것도 잠기지 않습니다.",
    "{name} has ended and still holds {subject}.": "{name:은} 끝났는데도 {subject:을} 쥐고 "
    "있습니다.",
    "{name} took {lock} in line {line}, in a call that has ended without a release.": "{name:은} {line}행에서 {lock:을} 잡았고, 그 호출은 락을 놓지 않은 채 끝났습니다.",
    "what others wait for": "다른 작업이 기다리는 것",
    "{name} died of {text}{where} while it held {subject}.": "{name:은} {subject:을} 쥔 채{where} {text:으로} 죽었습니다.",
    "the queue": "큐",
    "{name} waits for {name2} to end, and {name3} waits until somebody reads from {subject}. "
    "Nobody does.": "{name:은} {name2:이} 끝나기를 기다리고, {name3:은} 누가 {subject:을} 읽기를 "
    "기다립니다. 아무도 읽지 "
    "않습니다.",
    "The main program has ended; {names} {verb} still waiting.": "주 프로그램은 끝났는데 {names:은} 아직 기다리고 있습니다.",
    "is": "",
    "are": "",
    "The send of {name} in line {line} took {some} of {all} bytes and returned {some}; the rest "
    "was never sent.": "{name:이} {line}행에서 부른 send는 {all}바이트 가운데 {some}바이트만 받아들이고 {some:을} "
    "반환했습니다. 나머지는 보내지지 않았습니다.",
    "{name} asked {place} for data in line {line} and got {some} of the {all} bytes that were "
    "sent: the rest comes with a later call.": "{name:은} {line}행에서 {place}에 데이터를 요청해, 보내진 {all}바이트 가운데 "
    "{some}바이트를 "
    "받았습니다. 나머지는 다음 호출에서 옵니다.",
    "{name} closed {subject} in line {line} while {name2} was in {kind}: that does not wake it "
    "(shutdown does).": "{name2:이} {kind} 안에 있을 때 {name:이} {line}행에서 {subject:을} 닫았습니다. 그래도 "
    "{name2:은} "
    "깨어나지 않습니다(shutdown은 깨웁니다).",
    "{name} got the last one.": "마지막 것은 {name:이} 가져갔습니다.",
    "It took the last one itself, in line {line}, and never put one back.": "마지막 것은 자기가 {line}행에서 가져갔고, 도로 넣지 않았습니다.",
    "It was {name} that was woken. {name} could not go on, and waited again.": "깨어난 것은 {name}입니다. {name:은} 계속할 수 없어서 다시 기다렸습니다.",
    "{inside} took {subject} in line {line}, and {outside} could not come in before {inside} had "
    "given it back.": "{inside:이} {line}행에서 {subject:을} 잡았고, {outside:은} {inside:이} 그것을 돌려줄 때까지 "
    "들어올 수 없었습니다.",
    "{name} wrote {place} as {mine} in line {line}, and finds {value} in line {line2}: {rival} has "
    "written there since.": "{name:은} {line}행에서 {place}에 {mine:을} 썼는데 {line2}행에서는 {value:이} 있습니다. 그 사이에 {rival:이} "
    "거기에 썼습니다.",
    "{name} has died of {text}{where}.": "{name:은}{where} {text:으로} 죽었습니다.",
    "{name} looked at {place} in line {line}, waited and was woken. Before it went on, {rival} "
    "has changed {place} again, and {name} does not look a second time.": "{name:은} {line}행에서 {place:을} 확인하고 기다리다가 깨어났습니다. 계속하기 전에 "
    "{rival:이} "
    "{place:을} 다시 바꾸었는데, {name:은} 다시 확인하지 않습니다.",
    "{rival} and {name} read from {subject} at the same time. A message comes in parts, and each "
    "of them got some: {rival} could not make a message of its part, and {name} waits for the "
    "rest.": "{rival:과} {name:이} {subject:을} 동시에 읽었습니다. 메시지는 나뉘어 오는데 둘이 "
    "나누어 받은 "
    "것입니다. {rival:은} 받은 부분으로 메시지를 만들 수 없었고, {name:은} 나머지를 "
    "기다립니다.",
    "{name} {waits}, and nobody is left who will {missing}.": "{name}: {waits}. 그런데 {missing} 작업이 남아 있지 않습니다.",
    "put one in": "넣어 줄",
    "take one out": "꺼내 줄",
    "release it": "놓아 줄",
    "say that the rest is done": "나머지가 끝났다고 알릴",
    "send any": "보내 줄",
    "read it": "읽어 줄",
    "connect": "연결할",
    "send any, or connect": "보내거나 연결할",
    "this": "이것",
    "{name} waits on {subject}, and no other task ever signals it.": "{name:은} {subject}에서 기다리는데, 다른 작업이 신호를 보내지 않습니다.",
    "{teller} notified {subject} before {name} began to wait: a signal that nobody is waiting for "
    "is gone.": "{teller:은} {name:이} 기다리기 전에 {subject}에 알렸습니다. 기다리는 작업이 없을 때 "
    "보낸 신호는 "
    "사라집니다.",
    "{name} waits because of what it saw of {place} in line {line}, and nobody is left who will "
    "change that.": "{name:은} {line}행에서 본 {place} 때문에 기다리는데, 그것을 바꿔 줄 작업이 남아 있지 않습니다.",
    "{name} looked at {place} in line {line}; {rival} has changed it since, in line {line2}.": "{name:은} {line}행에서 {place:을} 확인했는데, 그 뒤에 {rival:이} {line2}행에서 바꾸었습니다.",
    "{name} finds {place} as {value} in line {line}, and waits for ever.": "{name:은} {line}행에서 {place:을} {value:으로} 보고, 끝없이 기다립니다.",
    "The last {kind} on {subject} came before {name} began to wait.": "{subject}의 마지막 {kind:은} {name:이} 기다리기 전에 왔습니다.",
    "The last signal on {subject} came from {teller}, and it woke somebody else.": "{subject}의 마지막 신호는 {teller:이} 보냈고, 다른 작업을 깨웠습니다.",
    "{name} waits on {subject}, and nobody is left who could end that.": "{name:은} {subject}에서 기다리는데, 그것을 끝내 줄 작업이 남아 있지 않습니다.",
    "the program": "프로그램",
    " in line {lines}": " {lines}행에서",
    " in lines {lines} to {lines2}": " {lines}행부터 {lines2}행까지",
    "goes": "맴돕니다",
    "go": "맴돕니다",
    "After {steps} steps {names} {verb} round{where} again and again, and gets on each time. "
    "{starving} is ready all the while and never gets its turn.": "{steps}단계가 지나도록 {names:이}{where} 되풀이하며 매번 앞으로 나아갑니다. "
    "{starving:은} 내내 준비되어 "
    "있지만 차례가 오지 않습니다.",
    "After {steps} steps {names} still {verb} round{where}. Is this a loop that waits for "
    "something that never comes, or that everybody retries at once?": "{steps}단계가 지나도 {names:은}{where} {verb}. 오지 않을 것을 기다리는 반복문일까요, "
    "아니면 모두가 "
    "동시에 다시 시도하는 것일까요?",
    "There are {more} more such pairs of lines.": "이런 행의 쌍이 {more}개 더 있습니다.",
    "line {line} {does} it and line {line2} {does2} it": "{line}행은 이것을 {does} {line2}행은 이것을 {does2}",
    "line {line} uses it in two tasks": "{line}행이 두 작업에서 이것을 쓰는데",
    "{place}: {where}, and nothing puts the two in an order.": "{place}: {where}, 둘의 순서를 정하는 것이 없습니다.",
    "reads": "읽고",
    "changes": "바꾸고",
    "In this schedule the first random numbers of each task are as low as they can be.": "이 "
    "스케줄에서 각 작업이 처음 뽑는 난수들은 나올 수 있는 가장 작은 값입니다.",
    "In this schedule the first random numbers of each task are as high as they can be.": "이 "
    "스케줄에서 각 작업이 처음 뽑는 난수들은 나올 수 있는 가장 큰 값입니다.",
    "{others} and {last}": "{others:과} {last}",
}
_FRAME: Final = {
    "schedule {at} of {count}": "스케줄 {at}/{count}",
    "schedule {at}": "스케줄 {at}",
    "replay: {schedule}": "재생: {schedule}",
    "Here: ": "여기: ",
    "Why:  ": "까닭: ",
    "Also: ": "또한: ",
    "Read: ": "읽기: ",
    "… 1 step that does not matter here": "… 여기서 중요하지 않은 단계 1개",
    "… {count} steps that do not matter here": "… 여기서 중요하지 않은 단계 {count}개",
    "{name} holds {thing}, {waits}": "{name}: {thing:을} 쥐고, {waits}",
    "{name} {waits}": "{name}: {waits}",
    "{waits} (line {line})": "{waits} ({line}행)",
    "{waits}: for itself": "{waits}: 자기 자신을",
    "{text}, held by {name}, which has ended": "{text}, 이미 끝난 {name:이} 쥐고 있음",
    "expected {wanted}, got {got}": "기대한 값 {wanted}, 나온 값 {got}",
    "expected {wanted}, but it never comes to an end": "기대한 값 {wanted}, 그러나 끝나지 않음",
    "got {got}": "나온 값 {got}",
    "No order of the calls explains what they returned:": "호출들을 어떤 순서로 늘어놓아도 반환된 값이 설명되지 않습니다:",
    "thread {number}: {calls}": "스레드 {number}: {calls}",
    "The orders that were tried; in brackets, the thread:": "시도해 본 순서 (괄호 안은 스레드 번호):",
    "First {calls}: then {call} gives {value}.": "먼저 {calls}. 그다음 {call}의 결과는 {value}.",
    "First {calls}: then {call} has to wait.": "먼저 {calls}. 그다음 {call:은} 기다려야 함.",
    "First of all, {call} gives {value}.": "맨 처음이라면 {call}의 결과는 {value}.",
    "First of all, {call} has to wait.": "맨 처음이라면 {call:은} 기다려야 함.",
    "1 more order ends likewise.": "순서 1개가 더 있지만 마찬가지입니다.",
    "{count} more orders end likewise.": "순서 {count}개가 더 있지만 마찬가지입니다.",
    "{more} more rows do not fit into a diagram": "도표에 들어가지 않는 줄이 {more}개 더 있음",
}
KOREAN: Final = {**_STEPS, **_NOTES, **_FACTS, **_FRAME}
