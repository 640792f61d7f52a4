#include "load-tests/simulator/carrier/send_call.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "load-tests/simulator/base/utf8.hpp"
#include "load-tests/simulator/carrier/segments.hpp"

namespace simulator::carrier {

namespace {

constexpr std::size_t body_characters_max = 1600;

// The answer waits at least so long for the reports that are to overtake it.
constexpr milliseconds overtaken{250};

bool is_e164(std::string_view number) {
    if (number.size() < 8 || number.size() > 16 || number[0] != '+' || number[1] == '0') return false;
    return std::ranges::all_of(number.substr(1), [](char digit) { return digit >= '0' && digit <= '9'; });
}

std::ptrdiff_t characters(std::string_view text) {
    return std::ranges::count_if(text, [](char byte) { return (static_cast<std::uint8_t>(byte) & 0xc0U) != 0x80U; });
}

unsigned number_or_0(std::string_view digits) {
    unsigned number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

}  // namespace

void SendCalls::handle(Account* account, const http::Request& request, http::Reply reply) {
    Call call = read(account, request.body);
    note(call, request.arrived);
    const milliseconds latency = dice_.within(latency_);
    if (Ending refused = verdict(call, request.authorization); refused.status != 0) {
        return end(call.id, std::move(refused), latency, std::move(reply));
    }
    if (!account->taken.admit(call.segments, account->mps, Steady::now())) {
        return end(call.id, refuse(429, 20429, "Too many requests"), latency, std::move(reply));
    }

    const Faults::Struck struck = parts_.faults.on_call(account->name, call.to, call.body);
    const std::uint64_t id = call.id;
    const bool overtakes = struck.fault == Fault::report_before_answer;
    const milliseconds answer_in = overtakes ? std::max(latency, overtaken) : latency;
    Ending ending;
    if (is_taken(struck.fault)) {
        const Text& text = take(call);
        ending = created(text, parts_.sids.of_text(text.number));
        parts_.delivery.take(text, struck, answer_in);
    }
    const unsigned retry_after = parts_.faults.settings().retry_after_seconds;
    end(id, struck_ending(struck, retry_after, std::move(ending)), answer_in, std::move(reply));
}

SendCalls::Call SendCalls::read(Account* account, std::string_view form) {
    Call call{.id = ++counts_.calls, .account = account, .from = {}, .to = {}, .body = {}, .status_callback = {}};
    unsigned validity = 0;
    for (auto& [name, value] : parse_form(form)) {
        if (name == "To") call.to = std::move(value);
        if (name == "From") call.from = std::move(value);
        if (name == "Body") call.body = std::move(value);
        if (name == "StatusCallback") call.status_callback = std::move(value);
        if (name == "ValidityPeriod") validity = number_or_0(value);
    }
    call.validity_seconds = validity;
    call.segments = segments_of(call.body);
    Sender* sender = parts_.accounts.sender(call.from);
    if (sender != nullptr && sender->account == account) call.sender = sender;
    return call;
}

void SendCalls::note(const Call& call, WallMicros arrived) {
    parts_.record.line("call", arrived, [&](ObjectText& line) {
        line.number("call", static_cast<std::int64_t>(call.id))
            .text("account", call.account == nullptr ? std::string_view{} : call.account->name)
            .text("from", call.from)
            .text("to", call.to)
            .text("body", call.body)
            .text("status_callback", call.status_callback)
            .number("segments", call.segments);
    });
}

// A status of 0 where nothing is wrong.
Ending SendCalls::verdict(const Call& call, std::string_view authorization) const {
    if (call.account == nullptr) return refuse(404, 20404, "The requested resource was not found");
    if (authorization != call.account->authorization) return refuse(401, 20003, "Authenticate");
    if (call.to.empty()) return refuse(400, 21604, "A 'To' number is required");
    if (!is_e164(call.to)) return refuse(400, 21211, "The 'To' number is not a valid phone number");
    if (call.from.empty()) return refuse(400, 21603, "A 'From' number is required");
    if (call.sender == nullptr) return refuse(400, 21606, "The 'From' number is not one of this account");
    if (call.body.empty() || !is_utf8(call.body)) return refuse(400, 21602, "A message body in UTF-8 is required");
    if (characters(call.body) > static_cast<std::ptrdiff_t>(body_characters_max)) {
        return refuse(400, 21617, "The message body is longer than 1600 characters");
    }
    if (parts_.blocks.blocked(call.to, {call.account->name, call.from})) {
        return refuse(400, 21610, "Attempt to send to unsubscribed recipient");
    }
    return {.bytes = {}, .sid = {}};
}

const Text& SendCalls::take(Call& call) {
    ++counts_.taken;
    return parts_.texts.add({.sender = call.sender,
                             .to = std::move(call.to),
                             .body = std::move(call.body),
                             .status_callback = std::move(call.status_callback),
                             .taken = wall_now(),
                             .segments = call.segments,
                             .validity_seconds = call.validity_seconds});
}

void SendCalls::end(std::uint64_t call, Ending ending, milliseconds in, http::Reply reply) {
    ++counts_.answers_due;
    auto last = [this, call, kept = std::move(ending), owed = std::move(reply)]() mutable {
        --counts_.answers_due;
        note_outcome(call, kept);
        carry_out(kept, owed);
    };
    if (in.count() == 0) return last();
    parts_.timers.after(in, std::move(last));
}

void SendCalls::note_outcome(std::uint64_t call, const Ending& ending) {
    const bool answered = ending.how == Ending::How::answer;
    const bool refused = answered && ending.status >= 400 && ending.status < 500 && ending.status != 429;
    parts_.record.line("outcome", wall_now(), [&](ObjectText& line) {
        line.number("call", static_cast<std::int64_t>(call))
            .text_or_null("sid", ending.sid)
            .boolean("taken", !ending.sid.empty())
            .text("answer", name_of(ending.how))
            .number("http", answered ? ending.status : 0)
            .number("code", answered ? ending.code : 0)
            .text_or_null("fault", ending.fault == Fault::none ? std::string_view{} : name_of(ending.fault));
    });
    if (!refused) return;
    ++counts_.refused;
    parts_.record.line("final", wall_now(), [&](ObjectText& line) {
        line.number("call", static_cast<std::int64_t>(call)).null("sid").text("status", "refused");
        line.number("code", ending.code);
    });
}

}  // namespace simulator::carrier
