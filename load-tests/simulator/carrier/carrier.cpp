#include "load-tests/simulator/carrier/carrier.hpp"

#include <algorithm>
#include <utility>

#include "load-tests/simulator/carrier/answers.hpp"
#include "load-tests/simulator/carrier/message_list.hpp"

namespace simulator::carrier {

namespace {

constexpr std::string_view accounts_path = "/2010-04-01/Accounts/";
constexpr std::string_view messages = "Messages";
constexpr std::string_view json_suffix = ".json";

std::string not_found() { return refusal(404, 20404, "The requested resource was not found"); }

}  // namespace

Carrier::Carrier(const Parts& parts, const Config& config, ToPhone to_phone)
    : accounts_{config.accounts},
      faults_{config.seed, config.faults},
      texts_{config.texts_kept},
      sids_{mix(static_cast<std::uint64_t>(wall_now()))},
      webhooks_{parts.poster, parts.timers, parts.record, config.retries},
      delivery_{{texts_, sids_, webhooks_, parts.timers, parts.record, faults_}, config, std::move(to_phone)},
      calls_{{accounts_, blocks_, faults_, texts_, sids_, delivery_, parts.timers, parts.record}, config},
      listening_{{accounts_, blocks_, sids_, webhooks_, parts.record}} {}

void Carrier::handle(const http::Request& request, http::Reply reply) {
    std::string_view path = request.target;
    if (!path.starts_with(accounts_path)) return reply.send(not_found());
    path.remove_prefix(accounts_path.size());
    const std::size_t slash = std::min(path.find('/'), path.size());
    Account* account = accounts_.with_sid(path.substr(0, slash));
    const std::string_view resource = path.substr(std::min(slash + 1, path.size()));
    if (request.method == "POST" && resource == "Messages.json") {
        return calls_.handle(account, request, std::move(reply));
    }
    if (account == nullptr || request.method != "GET") return reply.send(not_found());
    if (request.authorization != account->authorization) return reply.send(refusal(401, 20003, "Authenticate"));
    reply.send(read(*account, resource));
}

// "Messages.json?…" or "Messages/SM….json".
std::string Carrier::read(const Account& account, std::string_view resource) {
    if (!resource.starts_with(messages)) return not_found();
    resource.remove_prefix(messages.size());
    const std::size_t question = std::min(resource.find('?'), resource.size());
    const std::string_view query = resource.substr(std::min(question + 1, resource.size()));
    resource = resource.substr(0, question);
    if (resource == json_suffix) return list_messages(account, query, texts_, sids_);
    if (!resource.starts_with('/') || !resource.ends_with(json_suffix)) return not_found();

    const std::string_view sid = resource.substr(1, resource.size() - 1 - json_suffix.size());
    const Text* text = texts_.find(sids_.text_of(sid));
    if (text == nullptr || text->sender->account != &account) return not_found();
    return http::answer(200, json_type, message_json(*text, sid));
}

}  // namespace simulator::carrier
