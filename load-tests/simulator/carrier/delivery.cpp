#include "load-tests/simulator/carrier/delivery.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "load-tests/simulator/carrier/dates.hpp"

namespace simulator::carrier {

namespace {

// Unreachable handset, unknown handset, landline or unreachable carrier.
constexpr std::array undeliverable_codes{30003, 30005, 30006};
constexpr int expired_in_queue = 30036;

// Error code of a text that will not reach its phone; 0 for one that will.
int fate(const Text& text, const Faults::Struck& struck, Steady::duration waits) {
    if (text.validity_seconds > 0 && waits > std::chrono::seconds{text.validity_seconds}) return expired_in_queue;
    if (struck.fault != Fault::undeliverable) return 0;
    return undeliverable_codes[struck.hash % undeliverable_codes.size()];
}

}  // namespace

Delivery::Delivery(const Parts& parts, const Config& config, ToPhone to_phone)
    : parts_{parts},
      reports_{config.reports},
      transit_{config.transit},
      dice_{config.seed},
      to_phone_{std::move(to_phone)} {}

void Delivery::take(const Text& text, const Faults::Struck& struck, milliseconds answer_in) {
    const Steady::duration waits = text.sender->queue(text.segments, Steady::now());
    const Schedule plan = schedule(waits + answer_in, struck.fault);
    const int error_code = fate(text, struck, waits);
    const TextNumber number = text.number;
    const Status final_status = error_code == 0 ? Status::delivered : Status::undelivered;
    parts_.timers.after(plan.arrives, [this, number, error_code] { arrive(number, error_code); });
    if (!reports_.on || text.status_callback.empty()) return;
    for (int time = 0; time < (plan.repeated.count() > 0 ? 2 : 1); ++time) {
        report_in(plan.sent_report + plan.repeated * time, number, Status::sent);
        report_in(plan.final_report + plan.repeated * time, number, final_status);
    }
}

Delivery::Schedule Delivery::schedule(Steady::duration leaves, Fault fault) {
    if (fault == Fault::report_before_answer) return {};
    Schedule plan;
    plan.arrives = leaves + dice_.within(transit_);
    plan.sent_report = leaves + dice_.within(reports_.latency);
    plan.final_report = std::max(plan.arrives, plan.sent_report) + dice_.within(reports_.latency);
    if (fault == Fault::slow_report) plan.final_report += dice_.within(parts_.faults.settings().slow_report);
    const Steady::duration while_longer = dice_.within(reports_.latency) + milliseconds{1};
    if (fault == Fault::disordered_reports) plan.sent_report = plan.final_report + while_longer;
    if (fault == Fault::repeated_report) plan.repeated = while_longer;
    return plan;
}

void Delivery::arrive(TextNumber number, int error_code) {
    Text* text = parts_.texts.find(number);
    if (text == nullptr) return;
    const WallMicros now = wall_now();
    const std::string sid = parts_.sids.of_text(number);
    const bool reached = error_code == 0;
    text->status = reached ? Status::delivered : Status::undelivered;
    text->error_code = error_code;
    ++(reached ? counts_.delivered : counts_.undelivered);
    if (reached) {
        parts_.record.line("phone_got", now, [&](ObjectText& line) {
            line.text("sid", sid)
                .text("from", text->sender->number)
                .text("to", text->to)
                .text("body", text->body)
                .boolean("auto", false);
        });
    }
    parts_.record.line("final", now, [&](ObjectText& line) {
        line.text("sid", sid).text("status", name_of(text->status)).number("code", error_code);
    });
    if (reached) to_phone_(text->to, *text->sender, text->body);
}

void Delivery::report_in(Steady::duration delay, TextNumber number, Status status) {
    ++counts_.reports_waiting;
    parts_.timers.after(delay, [this, number, status] {
        --counts_.reports_waiting;
        report(number, status);
    });
}

void Delivery::report(TextNumber number, Status status) {
    const Text* text = parts_.texts.find(number);
    if (text == nullptr) return;
    const std::string sid = parts_.sids.of_text(number);
    const Account& account = *text->sender->account;
    const std::string status_name{name_of(status)};
    Fields fields{{"AccountSid", account.sid},    {"ApiVersion", "2010-04-01"},
                  {"From", text->sender->number}, {"MessageSid", sid},
                  {"MessageStatus", status_name}, {"SmsSid", sid},
                  {"SmsStatus", status_name},     {"To", text->to}};
    if (status != Status::sent) fields.emplace_back("RawDlrDoneDate", report_minute(seconds_of(wall_now())));
    if (status == Status::undelivered) fields.emplace_back("ErrorCode", std::to_string(text->error_code));
    parts_.webhooks.status(account, text->status_callback, sid, name_of(status), std::move(fields));
}

}  // namespace simulator::carrier
