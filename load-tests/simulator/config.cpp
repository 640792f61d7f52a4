#include "load-tests/simulator/config.hpp"

#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <limits>
#include <numeric>
#include <sstream>
#include <utility>

namespace simulator {

namespace json = boost::json;

namespace {

// Reads the members of one object by name; a member that no reader took is an error.
class Members {
public:
    Members(const json::value& value, std::string path) : path_{std::move(path)} {
        if (!value.is_object()) fail("", "want an object");
        object_ = &value.get_object();
    }

    template <class Read>
    Members& one(std::string_view key, Read&& read) {
        const json::value* value = object_->if_contains(key);
        if (value == nullptr) return *this;
        ++taken_;
        std::forward<Read>(read)(*value, path_ + "." + std::string{key});
        return *this;
    }

    Members& text(std::string_view key, std::string& into) {
        return one(key, [&](const json::value& value, const std::string& path) {
            if (!value.is_string()) throw BadConfig{path + ": want a text"};
            into = value.get_string();
        });
    }

    template <class Number>
    Members& number(std::string_view key, Number& into) {
        return one(key, [&](const json::value& value, const std::string& path) {
            json::error_code error;
            into = value.to_number<Number>(error);
            if (error || (value.is_int64() && value.get_int64() < 0)) {
                throw BadConfig{
                    fmt::format("{}: want a number from 0 to {}", path, std::numeric_limits<Number>::max())};
            }
        });
    }

    Members& flag(std::string_view key, bool& into) {
        return one(key, [&](const json::value& value, const std::string& path) {
            if (!value.is_bool()) throw BadConfig{path + ": want true or false"};
            into = value.get_bool();
        });
    }

    Members& span(std::string_view key, milliseconds& into) {
        std::uint32_t count = static_cast<std::uint32_t>(into.count());
        number(key, count);
        into = milliseconds{count};
        return *this;
    }

    Members& span(std::string_view key, Span& into) {
        return one(key, [&](const json::value& value, const std::string& path) {
            Members{value, path}.span("min", into.min).span("max", into.max).done();
            if (into.max < into.min) throw BadConfig{path + ": max is below min"};
        });
    }

    // `read(value, path)` for each element.
    template <class Read>
    Members& each(std::string_view key, Read&& read) {
        return one(key, [&](const json::value& value, const std::string& path) {
            if (!value.is_array()) throw BadConfig{path + ": want a list"};
            std::size_t at = 0;
            for (const json::value& element : value.get_array()) read(element, fmt::format("{}[{}]", path, at++));
        });
    }

    Members& texts(std::string_view key, std::vector<std::string>& into) {
        return each(key, [&](const json::value& element, const std::string& path) {
            if (!element.is_string()) throw BadConfig{path + ": want a text"};
            into.emplace_back(element.get_string());
        });
    }

    void done() const {
        if (taken_ != object_->size()) fail("", fmt::format("{} of its keys are not known", object_->size() - taken_));
    }

    [[noreturn]] void fail(std::string_view key, const std::string& why) const {
        throw BadConfig{fmt::format("{}{}: {}", path_, key, why)};
    }

private:
    const json::object* object_ = nullptr;
    std::string path_;
    std::size_t taken_ = 0;
};

SenderConfig read_sender(const json::value& value, const std::string& path) {
    SenderConfig sender;
    Members members{value, path};
    members.text("number", sender.number).number("mps", sender.mps);
    members.one("keywords", [&](const json::value& inner, const std::string& inner_path) {
        std::string reach = "number";
        Members{inner, inner_path}
            .texts("handled", sender.keywords.handled)
            .flag("answered", sender.keywords.answered)
            .text("reach", reach)
            .done();
        if (reach != "number" && reach != "account") throw BadConfig{inner_path + ".reach: want number or account"};
        sender.keywords.reach = reach == "account" ? Reach::account : Reach::number;
    });
    members.done();
    if (sender.number.empty()) members.fail(".number", "is missing");
    return sender;
}

AccountConfig read_account(const json::value& value, const std::string& path) {
    AccountConfig account;
    Members members{value, path};
    members.text("name", account.name)
        .text("sid", account.sid)
        .text("auth_token", account.auth_token)
        .text("webhook_base", account.webhook_base)
        .text("public_base", account.public_base)
        .number("account_mps", account.account_mps)
        .each("senders", [&](const json::value& element, const std::string& inner) {
            account.senders.push_back(read_sender(element, inner));
        });
    members.done();
    for (const std::string* needed : {&account.name, &account.sid, &account.auth_token, &account.webhook_base}) {
        if (needed->empty()) members.fail("", "name, sid, auth_token and webhook_base are needed");
    }
    return account;
}

void read_people(phones::Habits& people, const json::value& value, const std::string& path) {
    Members{value, path}
        .number("answer_permille", people.answer_permille)
        .number("stop_permille", people.stop_permille)
        .number("in_words_permille", people.in_words_permille)
        .number("late_permille", people.late_permille)
        .number("twice_permille", people.twice_permille)
        .number("start_permille", people.start_permille)
        .span("read_ms", people.read)
        .span("answer_ms", people.answer)
        .span("late_ms", people.late)
        .span("again_ms", people.again)
        .span("start_ms", people.start)
        .number("texts_answered_max", people.texts_answered_max)
        .texts("ignored", people.ignored)
        .done();
}

void read_faults(carrier::FaultSettings& faults, const json::value& value, const std::string& path) {
    Members members{value, path};
    members.number("at_least", faults.at_least)
        .span("slow_report_ms", faults.slow_report)
        .number("retry_after_seconds", faults.retry_after_seconds)
        .one("permille", [&](const json::value& inner, const std::string& inner_path) {
            Members kinds{inner, inner_path};
            for (std::size_t kind = 1; kind < carrier::fault_kinds; ++kind) {
                kinds.number(carrier::fault_names[kind], faults.permille[kind]);
            }
            kinds.done();
        });
    members.done();
    if (std::reduce(faults.permille.begin(), faults.permille.end()) > 1000)
        members.fail(".permille", "sum is over 1000");
}

}  // namespace

Config parse_config(const json::value& value) {
    Config config;
    Members{value, "config"}
        .text("address", config.address)
        .number("port", config.port)
        .number("seed", config.seed)
        .text("record", config.record)
        .number("duration_seconds", config.duration_seconds)
        .number("texts_kept", config.texts_kept)
        .span("answer_latency_ms", config.answer_latency)
        .span("transit_ms", config.transit)
        .one("reports",
             [&](const json::value& inner, const std::string& path) {
                 Members{inner, path}.flag("on", config.reports.on).span("latency_ms", config.reports.latency).done();
             })
        .one("webhooks",
             [&](const json::value& inner, const std::string& path) {
                 Members{inner, path}
                     .number("connections", config.webhooks.connections_max)
                     .span("timeout_ms", config.webhooks.timeout)
                     .number("retries", config.retries.times)
                     .span("retry_pause_ms", config.retries.pause)
                     .done();
             })
        .one("faults",
             [&](const json::value& inner, const std::string& path) { read_faults(config.faults, inner, path); })
        .one("people",
             [&](const json::value& inner, const std::string& path) { read_people(config.people, inner, path); })
        .each("accounts", [&](const json::value& inner,
                              const std::string& path) { config.accounts.push_back(read_account(inner, path)); })
        .done();
    if (config.accounts.empty()) throw BadConfig{"config.accounts: at least one is needed"};
    if (config.webhooks.connections_max == 0) throw BadConfig{"config.webhooks.connections: want at least 1"};
    return config;
}

Config load_config(const std::string& path) {
    std::ifstream file{path};
    if (!file) throw BadConfig{path + ": cannot be read"};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    json::error_code error;
    const json::value value = json::parse(text, error);
    if (error) throw BadConfig{fmt::format("{}: is not JSON: {}", path, error.message())};
    return parse_config(value);
}

void change_faults(carrier::FaultSettings& settings, const json::value& value) {
    carrier::FaultSettings changed = settings;
    read_faults(changed, value, "faults");
    settings = changed;
}

}  // namespace simulator
