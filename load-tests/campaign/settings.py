"""Who takes part in a campaign, all drawn from its seed: accounts, organisations, senders, contacts, texts."""

import random
from dataclasses import dataclass, field
from typing import Any

PUBLIC_URL = "https://gateway.example"
STOP_WORDS = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"]
NAMES = ["Ana", "Ben", "Chloe", "Darius", "Elena", "Femi", "Grace", "Hiro", "Ines", "Jamal", "Kira", "Luis", "Mei",
         "Noah", "Olga", "Priya", "Quinn", "Rosa", "Sam", "Tara"]
TEXTS = [
    "Hi {name}, this is a volunteer with {organisation}. Will you vote on Tuesday? Reply STOP to opt out. {mark}",
    "{name}, {organisation} here: the bridge vote is close. Can we count on you? Reply STOP to opt out. {mark}",
    "Hi {name} 🌻 {organisation} meets on Saturday at ten. Will you come? Reply STOP to opt out. {mark}",
    "Good morning {name}! It is {organisation} again. We are three hundred doors short of our goal in your part of "
    "town and would love your help for an hour or two. Can you spare one? Reply STOP to opt out. {mark}",
]


@dataclass(frozen=True)
class Account:
    name: str
    sid: str
    token: str
    segments_per_second: int


@dataclass(frozen=True)
class Sender:
    number: str
    account: str
    organisation: str
    segments_per_second: int
    answered_by_carrier: bool


@dataclass(frozen=True)
class Campaign:
    id: str
    organisation: str
    senders: tuple[str, ...]


ORGANISATIONS = {"riverside": "Riverside Neighbors", "eastside": "Eastside for Schools"}


@dataclass
class Settings:
    seed: int
    senders_per_account: int = 5
    sender_rate: int = 15
    account_rate: int = 60
    open_intents_max: int = 1000
    segment_mib: int = 64
    retention_minutes: int = 0
    flush_mib: int = 256
    checkpoint_ms: int = 5000
    public_url: str = PUBLIC_URL
    accounts: list[Account] = field(default_factory=list)
    senders: list[Sender] = field(default_factory=list)
    campaigns: list[Campaign] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        for number, organisation in enumerate(ORGANISATIONS):
            for part in range(2):
                index = 2 * number + part
                account = Account(f"{organisation}-{part + 1}", f"AC{self.seed % 1000:016}{index:016}",
                                  f"token-{self.random.getrandbits(64):016x}", self.account_rate)
                self.accounts.append(account)
                self._add_senders(account, organisation, index)
            numbers = tuple(sender.number for sender in self.senders if sender.organisation == organisation)
            self.campaigns.append(Campaign(f"{organisation}-vote", organisation, numbers))

    def _add_senders(self, account: Account, organisation: str, index: int) -> None:
        for number in range(self.senders_per_account):
            # Some carriers answer the usual words themselves; where they do, the gateway keeps silent.
            self.senders.append(Sender(f"+1303{5550000 + 1000 * index + number}", account.name, organisation,
                                       self.sender_rate, number % 3 == 0))

    def campaign_of(self, organisation: str) -> Campaign:
        return next(campaign for campaign in self.campaigns if campaign.organisation == organisation)

    def text(self, organisation: str, mark: str) -> str:
        """A text that no other request has."""
        draw = self.random.random()
        template = TEXTS[3 if draw < 0.03 else 2 if draw < 0.08 else int(draw * 100) % 2]
        return template.format(name=self.random.choice(NAMES), organisation=ORGANISATIONS[organisation], mark=mark)

    def carrier_accounts(self, webhooks_port: int) -> list[dict[str, Any]]:
        return [{"name": account.name, "sid": account.sid, "auth_token": account.token,
                 "webhook_base": f"http://127.0.0.1:{webhooks_port}/webhooks/twilio/{account.name}",
                 "public_base": f"{self.public_url}/webhooks/twilio/{account.name}",
                 "senders": [{"number": sender.number, **self._keywords(sender, {"reach": "number"})}
                             for sender in self.senders if sender.account == account.name]}
                for account in self.accounts]

    @staticmethod
    def _keywords(sender: Sender, more: dict[str, str]) -> dict[str, Any]:
        if not sender.answered_by_carrier:
            return {}
        return {"keywords": {"handled": STOP_WORDS, "answered": True, **more}}

    def directory(self) -> list[tuple[str, str, dict[str, Any]]]:
        """The commands that make it known: id, organisation, data."""
        commands: list[tuple[str, str, dict[str, Any]]] = [
            (f"put-organisation-{id}", id, {"put_organisation": {"id": id, "name": name}})
            for id, name in ORGANISATIONS.items()]
        for number, sender in enumerate(self.senders):
            put = {"number": sender.number, "account": sender.account, "organisation": sender.organisation,
                   "segments_per_second": sender.segments_per_second, **self._keywords(sender, {})}
            commands.append((f"put-sender-{number}", sender.organisation, {"put_sender": put}))
        for campaign in self.campaigns:
            put = {"id": campaign.id, "organisation": campaign.organisation, "name": campaign.id,
                   "senders": list(campaign.senders), "platform_texts": True}
            commands.append((f"put-campaign-{campaign.id}", campaign.organisation, {"put_campaign": put}))
        return commands


def contact_number(index: int) -> str:
    return f"+1720{5000000 + index}"
