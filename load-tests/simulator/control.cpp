#include "load-tests/simulator/control.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <sys/resource.h>

#include <utility>

#include "load-tests/simulator/http/message.hpp"

namespace simulator {

namespace json = boost::json;

namespace {

constexpr std::string_view path = "/_sim/";

std::string answer(int status, const json::object& body) {
    return http::answer(status, "application/json", json::serialize(body));
}

std::string complaint(int status, std::string_view why) { return answer(status, {{"error", why}}); }

std::string text_of(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_string()) return {};
    return std::string{value->get_string()};
}

double cpu_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace

void Control::handle(const http::Request& request, http::Reply reply) {
    const std::string_view command = request.target.substr(path.size());
    if (request.method == "GET" && command == "health") return reply.send(answer(200, {{"ok", true}}));
    if (request.method == "GET" && command == "stats") return reply.send(answer(200, stats()));
    if (request.method != "POST") return reply.send(complaint(404, "no such command"));
    reply.send(post(command, request.body));
}

std::string Control::post(std::string_view command, std::string_view body) {
    if (command == "stop") {
        stop_();
        return answer(200, {{"ok", true}});
    }
    json::error_code error;
    const json::value value = json::parse(body, error);
    if (error || !value.is_object()) return complaint(400, "want a JSON object");
    if (command == "say") return say(value.get_object());
    if (command == "faults") return change_faults(value);
    if (command == "webhooks") return move_webhooks(value.get_object());
    return complaint(404, "no such command");
}

std::string Control::say(const json::object& command) {
    const std::string sid =
        carrier_.hear_from({text_of(command, "from"), text_of(command, "to"), text_of(command, "body"), "said"});
    if (sid.empty()) return complaint(404, "no sender has this number");
    return answer(200, {{"sid", sid}});
}

std::string Control::change_faults(const json::value& command) {
    carrier::FaultSettings settings = carrier_.faults().settings();
    try {
        simulator::change_faults(settings, command);
    } catch (const BadConfig& bad) {
        return complaint(400, bad.what());
    }
    carrier_.faults().change(settings);
    return answer(200, {{"ok", true}});
}

std::string Control::move_webhooks(const json::object& command) {
    if (!carrier_.accounts().move_webhooks(text_of(command, "account"), text_of(command, "base"))) {
        return complaint(400, "no such account, or base is not an http URL");
    }
    return answer(200, {{"ok", true}});
}

json::object Control::stats() const {
    json::object faults;
    for (std::size_t kind = 1; kind < carrier::fault_kinds; ++kind) {
        faults[carrier::fault_names[kind]] = carrier_.faults().counts()[kind];
    }
    const carrier::CallCounts& calls = carrier_.calls().counts();
    const carrier::DeliveryCounts& texts = carrier_.delivery().counts();
    const carrier::WebhookCounts& webhooks = carrier_.webhooks().counts();
    return {{"calls", calls.calls},
            {"answers_due", calls.answers_due},
            {"taken", calls.taken},
            {"refused", calls.refused},
            {"delivered", texts.delivered},
            {"undelivered", texts.undelivered},
            {"reports_outstanding", texts.reports_waiting},
            {"said", carrier_.listening().heard()},
            {"answered_by_carrier", carrier_.listening().answered_by_carrier()},
            {"webhook_attempts", webhooks.attempts},
            {"webhooks_acknowledged", webhooks.acknowledged},
            {"webhooks_given_up", webhooks.given_up},
            {"webhooks_outstanding", webhooks.outstanding},
            {"timers", timers_.waiting()},
            {"faults", std::move(faults)},
            {"cpu_seconds", cpu_seconds()},
            {"idle", timers_.waiting() == 0 && webhooks.outstanding == 0}};
}

}  // namespace simulator
