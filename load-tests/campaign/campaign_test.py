import json
import socket
import tempfile
import threading
import unittest
from dataclasses import replace
from pathlib import Path

from campaign.desk import Desk
from campaign.platform import Platform, timestamp
from campaign.progress import Progress
from campaign.record import Record
from campaign.script import CONTACTS, SHARED, Script, members
from campaign.settings import Settings, contact_number
from campaign.strangers import Post, Strangers, read_form, sign
from campaign.topics import Follower, read_all
from judge.platform import read_platform


class SettingsTest(unittest.TestCase):
    def test_a_seed_gives_the_same_two_organisations_with_twenty_senders(self) -> None:
        first, again = Settings(7), Settings(7)
        self.assertEqual((len(first.senders), len(first.campaigns)), (20, 2))
        self.assertEqual(first.accounts, again.accounts)
        self.assertNotEqual(first.accounts, Settings(8).accounts)
        self.assertEqual(len({sender.number for sender in first.senders}), 20)

    def test_two_hundred_contacts_are_in_both_organisations(self) -> None:
        riverside, eastside = set(members("riverside")), set(members("eastside"))
        self.assertEqual((len(riverside | eastside), len(riverside & eastside)), (CONTACTS, SHARED))
        self.assertEqual(len({contact_number(index) for index in riverside | eastside}), CONTACTS)


class StrangersTest(unittest.TestCase):
    def test_signs_as_the_carrier_documents_it(self) -> None:
        # The example of Twilio's page "Validating signatures from Twilio".
        fields = {"CallSid": "CA1234567890ABCDE", "Caller": "+14158675309", "Digits": "1234",
                  "From": "+14158675309", "To": "+18005551212"}
        self.assertEqual(sign("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", fields),
                         "RSOYDt4T1cUTdK1PDd93/VVr8B8=")

    def test_a_folded_replay_has_the_signature_of_what_was_captured_and_an_id_of_its_own(self) -> None:
        posts: list[Post] = []

        def take(post: Post) -> int:
            posts.append(replace(post))
            return 400

        settings = Settings(1)
        with tempfile.TemporaryDirectory() as folder:
            record = Record(Path(folder) / "platform.jsonl")
            strangers = Strangers(settings, record, port=0)
            strangers._post = take  # type: ignore[method-assign]
            strangers.replay("SM1", contact_number(1), settings.senders[0], "START")
            record.close()
            replayed, folded = read_platform(Path(folder) / "platform.jsonl").strangers
        account = next(one for one in settings.accounts if one.name == settings.senders[0].account)
        captured, forged = posts
        self.assertEqual(forged.signature, captured.signature)
        self.assertEqual(forged.signature,
                         sign(account.token, settings.public_url + forged.target, read_form(forged.body)))
        self.assertEqual(read_form(forged.body)["MessageSid"], "SM1NumMedia0")
        self.assertEqual((replayed.what, replayed.sid, folded.what, folded.sid),
                         ("replayed", "SM1", "folded", "SM1NumMedia0"))
        self.assertEqual(folded.contact, "")  # the real one's, who may well show up


class FakeGateway:
    """Answers one connection as the topics socket does."""

    def __init__(self, folder: Path, answers: dict[str, list[str]]) -> None:
        self.path = folder / "topics.sock"
        self.server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.server.bind(str(self.path))
        self.server.listen()
        self.asked: list[str] = []
        self.answers = answers
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            connection, _ = self.server.accept()
            for line in connection.makefile():
                self.asked.append(line.rstrip("\n"))
                for answer in self.answers.get(" ".join(line.split()[:2]), []):
                    connection.sendall((answer + "\n").encode())
            connection.close()


class TopicsTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_reads_a_topic_to_its_end(self) -> None:
        gateway = FakeGateway(self.folder, {"consume dlq": ["a", "b"]})
        self.assertEqual(read_all(gateway.path, "dlq"), ["a", "b"])
        self.assertEqual(gateway.asked, ["consume dlq from=begin until=now"])

    def test_a_follower_goes_on_where_it_stood(self) -> None:
        gateway = FakeGateway(self.folder, {"consume dlq": ['{"position":"1:4"}']})
        seen = threading.Semaphore(0)
        follower = Follower("dlq", 2, lambda line: seen.release())
        follower.start(gateway.path)
        self.assertTrue(seen.acquire(timeout=10))
        follower.stop()
        follower.start(gateway.path)
        for _ in range(2):
            self.assertTrue(seen.acquire(timeout=10))
        follower.stop()
        self.assertEqual(gateway.asked, ["consume dlq from=begin", "consume dlq from=0 partition=0",
                                         "consume dlq from=5 partition=1"])

    def test_what_is_asked_is_recorded_with_its_acknowledgement_or_without(self) -> None:
        gateway = FakeGateway(self.folder, {"produce outbound.requests": ["3:14"]})
        platform = Platform(Settings(1), Record(self.folder / "platform.jsonl"))
        platform.connect(gateway.path)
        kept = platform.send("kept", "riverside", contact_number(1), "one")
        platform.ask([kept])
        platform.settle()
        platform.ask([platform.opt_out("lost", "riverside", contact_number(2))])
        self.assertEqual([ask.id for ask in platform.disconnect()], ["lost"])
        platform.record.close()
        asked = {one.id: one for one in read_platform(self.folder / "platform.jsonl").asked.values()}
        self.assertEqual(asked["kept"].position, "3:14")
        self.assertGreaterEqual(asked["kept"].acknowledged or 0, asked["kept"].t)
        self.assertEqual(asked["kept"].text, kept.about["text"])
        self.assertIsNone(asked["lost"].acknowledged)
        event = json.loads(gateway.asked[0].split(" ", 2)[2])
        self.assertEqual(event["data"]["send"]["campaign"], "riverside-vote")

    def test_what_a_gateway_that_is_about_to_stop_turned_away_may_be_asked_again(self) -> None:
        gateway = FakeGateway(self.folder, {"produce consent.commands": ["error: about to stop"],
                                            "produce outbound.requests": ["error: no"]})
        platform = Platform(Settings(1), Record(self.folder / "platform.jsonl"))
        platform.connect(gateway.path)
        platform.ask([platform.opt_out("away", "riverside", contact_number(2)),
                      platform.send("refused", "riverside", contact_number(1), "one")])
        platform.settle()
        self.assertEqual([ask.id for ask in platform.disconnect()], ["away"])
        self.assertEqual([ask.id for ask in platform.disconnect()], [])
        self.assertEqual(platform.refused, ["outbound.requests refused: error: no"])
        platform.record.close()


class PlayTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.platform = Platform(Settings(1), Record(Path(folder.name) / "platform.jsonl"))
        self.addCleanup(self.platform.record.close)
        self.asked: list = []
        self.platform.ask = self.asked.extend  # type: ignore[method-assign]

    def test_the_script_never_uses_a_text_or_an_id_twice_but_to_repeat(self) -> None:
        script = Script(self.platform)
        asks = script.step_one() + script.step_two() + script.expiring()
        sends = {(ask.organisation, ask.id): ask for ask in asks if ask.kind == "send"}
        self.assertEqual(len({ask.about["text"] for ask in sends.values()}), len(sends))
        self.assertEqual(sum(ask.kind == "send" for ask in asks) - len(sends), 40)
        self.assertTrue(script.expected <= set(sends))

    def test_the_desk_answers_half_of_the_threads_and_each_as_it_stands(self) -> None:
        desk = Desk(self.platform, 1)
        for index in range(200):
            self._thread(desk, index, version=3)
            self._thread(desk, index, version=4)
        desk.work()
        desk.work()
        self.assertTrue(60 < len(self.asked) < 140)
        self.assertEqual({ask.data["answer"]["thread_version"] for ask in self.asked}, {"4"})

    @staticmethod
    def _thread(desk: Desk, index: int, version: int) -> None:
        data = {"organisation": "riverside", "campaign": "riverside-vote", "contact": contact_number(index),
                "needs_attention": True, "version": version}
        desk.on_line(json.dumps({"position": "0:1", "partitionkey": f"riverside-vote/{index}", "data": data}))

    def test_progress_waits_for_an_unknown_to_be_corrected(self) -> None:
        progress = Progress()
        for kind, state in (("ACCEPTED", "OPEN"), ("ENDED", "UNKNOWN"), ("CORRECTED", "SENT")):
            self.assertEqual(progress.all_ended(), kind == "ACCEPTED")
            data = {"organisation": "o", "request_id": "r", "kind": f"KIND_{kind}", "state": f"REQUEST_STATE_{state}"}
            progress.on_line(json.dumps({"position": "0:1", "data": data}))
        self.assertTrue(progress.all_ended())

    def test_times_are_rfc_3339(self) -> None:
        self.assertEqual(timestamp(0.25), "1970-01-01T00:00:00.250Z")


if __name__ == "__main__":
    unittest.main()
