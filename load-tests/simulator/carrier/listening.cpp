#include "load-tests/simulator/carrier/listening.hpp"

#include <utility>

#include "load-tests/simulator/carrier/segments.hpp"

namespace simulator::carrier {

namespace {

Fields inbound_fields(const Utterance& said, const Sender& sender, const std::string& sid) {
    return {{"AccountSid", sender.account->sid},
            {"ApiVersion", "2010-04-01"},
            {"Body", said.body},
            {"From", said.from},
            {"FromCity", ""},
            {"FromCountry", "US"},
            {"FromState", ""},
            {"FromZip", ""},
            {"MessageSid", sid},
            {"NumMedia", "0"},
            {"NumSegments", std::to_string(segments_of(said.body))},
            {"SmsMessageSid", sid},
            {"SmsSid", sid},
            {"SmsStatus", "received"},
            {"To", said.to},
            {"ToCity", ""},
            {"ToCountry", "US"},
            {"ToState", ""},
            {"ToZip", ""}};
}

}  // namespace

std::string Listening::hear_from(const Utterance& said) {
    const Sender* sender = parts_.accounts.sender(said.to);
    if (sender == nullptr) return {};
    ++heard_;
    std::string sid = parts_.sids.next_other();
    parts_.record.line("phone_said", wall_now(), [&](ObjectText& line) {
        line.text("sid", sid).text("from", said.from).text("to", said.to).text("body", said.body);
        line.text("what", said.what);
    });
    const Heard heard = hear(sender->keywords, said.body);
    mind_keywords(said, *sender, heard);

    Fields fields = inbound_fields(said, *sender, sid);
    if (heard != Heard::nothing && sender->keywords.answered) {
        fields.emplace_back("OptOutType", heard == Heard::stop ? "STOP" : "START");
    }
    parts_.webhooks.inbound(*sender->account, sid, std::move(fields));
    return sid;
}

void Listening::mind_keywords(const Utterance& said, const Sender& sender, Heard heard) {
    const Line line{sender.account->name, sender.number};
    if (heard == Heard::stop) parts_.blocks.block(said.from, line, sender.keywords.reach);
    if (heard == Heard::start) parts_.blocks.lift(said.from, line);
    if (heard != Heard::nothing && sender.keywords.answered) answer_by_carrier(said, heard);
}

void Listening::answer_by_carrier(const Utterance& said, Heard heard) {
    ++answered_by_carrier_;
    const std::string_view body = heard == Heard::stop ? "Your carrier: you are off this list. Text START to come back."
                                                       : "Your carrier: you are on this list again.";
    parts_.record.line("phone_got", wall_now(), [&](ObjectText& line) {
        line.text("sid", parts_.sids.next_other()).text("from", said.to).text("to", said.from).text("body", body);
        line.boolean("auto", true);
    });
}

}  // namespace simulator::carrier
