#include "services/whistlestop/config.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cstdlib>

#include "common/base/read_file.hpp"
#include "common/domain/names.hpp"
#include "common/http/server.hpp"
#include "common/http/url.hpp"
#include "services/whistlestop/config_keys.hpp"

namespace whistlestop {
namespace {

constexpr std::size_t socket_path_max = 107;  // sockaddr_un
constexpr std::int64_t hour_ms = 3'600'000;

// The sections, each with its keys. `visit(name, keys)` gets a function to go through a section's keys with.
void for_each_section(auto& config, auto visit) {
    visit("data", [&](auto& keys) { keys.text("folder", config.data.folder); });
    visit("webhooks", [&](auto& keys) {
        keys.text("address", config.webhooks.address);
        keys.number("port", config.webhooks.port, {0, 65'535});
        keys.text("public_url", config.webhooks.public_url);
        keys.number("waiting_max", config.webhooks.waiting_max, {1, 1'000'000});
    });
    visit("operations", [&](auto& keys) {
        keys.text("address", config.operations.address);
        keys.number("port", config.operations.port, {0, 65'535});
    });
    visit("topics", [&](auto& keys) { keys.text("socket", config.topics.socket); });
    visit("optout", [&](auto& keys) { keys.text("model", config.optout.model); });
    visit("limits", [&](auto& keys) { keys.number("open_intents_max", config.limits.open_intents_max, {1, 100'000}); });
    visit("log", [&](auto& keys) {
        keys.number("segment_mib", config.log.segment_mib, {1, 2048});  // the log's own limit
        keys.number("retention_minutes", config.log.retention_minutes, {0, 60 * 24 * 366});
    });
    visit("state", [&](auto& keys) {
        keys.number("checkpoint_ms", config.state.checkpoint_ms, {10, 60'000});
        keys.number("checkpoint_mib", config.state.checkpoint_mib, {1, 4096});
        keys.number("flush_mib", config.state.flush_mib, {1, 65'536});
    });
}

void for_each_account_key(auto& account, auto& keys) {
    keys.text("id", account.id);
    keys.text("provider", account.provider);
    keys.text("sid", account.sid);
    keys.secrets("auth_tokens", account.auth_tokens);
    keys.text("base_url", account.base_url);
    keys.text("lane_group", account.lane_group);
    keys.number("segments_per_second", account.segments_per_second, {1, 100'000});
    keys.number("http_timeout_ms", account.http_timeout_ms, {100, 60'000});
    keys.number("absent_after_ms", account.absent_after_ms, {1000, hour_ms});
    keys.flag("list_is_proof", account.list_is_proof);
}

std::string variable_of_account(std::string_view id) { return "WHISTLESTOP_ACCOUNT_" + capitals(id); }

// What the client can call: it takes no path.
bool is_base_url(std::string_view url) { return http::parse_base_url(url).has_value(); }

// The same and perhaps a path, without blanks, query, fragment or slash at its end.
bool is_public_url(std::string_view url) {
    const auto foreign = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '?' || c == '#'; };
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return false;
    const std::size_t path = url.find('/', scheme + 3);
    return is_base_url(url.substr(0, path)) && !url.ends_with('/') && std::ranges::none_of(url, foreign);
}

void check_account(const Config::Account& account, const std::string& path, Complaints& complaints) {
    const auto want = [&](bool holds, std::string_view key, std::string_view what) {
        if (!holds) complaints.add(fmt::format("{}.{}: want {}", path, key, what));
    };
    constexpr std::string_view name = "1 to 64 characters of A-Z a-z 0-9 @ . _ -";
    const auto& tokens = account.auth_tokens;
    want(is_name(account.id), "id", name);
    want(account.provider == "twilio", "provider", "\"twilio\"");
    want(is_name(account.sid), "sid", name);
    want(is_name(account.lane_group), "lane_group", name);
    want(is_base_url(account.base_url), "base_url", "http(s)://host[:port]");
    want(!tokens.empty() && tokens.size() <= 2 && std::ranges::none_of(tokens, &std::string::empty), "auth_tokens",
         "one or two, none empty");
}

void check_whole(const Config& config, Complaints& complaints) {
    const auto want = [&](bool holds, std::string_view complaint) {
        if (!holds) complaints.add(std::string{complaint});
    };
    want(!config.data.folder.empty(), "data.folder: want a path");
    want(http::is_address(config.webhooks.address), "webhooks.address: want an IP address, 0.0.0.0 for all");
    want(http::is_address(config.operations.address), "operations.address: want an IP address, 0.0.0.0 for all");
    want(is_public_url(config.webhooks.public_url),
         "webhooks.public_url: want http(s)://host[:port][/path], no slash at its end");
    want(config.topics.socket.size() <= socket_path_max, "topics.socket: want a path of at most 107 bytes");
    std::vector<std::string> sids;
    sids.reserve(config.accounts.size());
    for (const auto& account : config.accounts) sids.push_back(account.sid);
    std::ranges::sort(sids);
    want(std::ranges::adjacent_find(sids) == sids.end(),
         "accounts: want sids that differ: the carrier's limit is one, and each account would count for itself");
    const bool same_port = config.webhooks.port != 0 && config.webhooks.port == config.operations.port;
    want(!same_port || config.webhooks.address != config.operations.address,
         "webhooks.port, operations.port: want two");
    std::vector<std::string> variables;
    variables.reserve(config.accounts.size());
    for (const auto& account : config.accounts) variables.push_back(variable_of_account(account.id));
    std::ranges::sort(variables);
    want(std::ranges::adjacent_find(variables) == variables.end(),
         "accounts: want ids that differ in more than case and punctuation");
}

Config::Account read_account(const toml::table& table, const std::string& path, const Lookup& environment,
                             Complaints& complaints) {
    Config::Account account;
    const std::string id = table["id"].value_or(std::string{});
    KeyReader keys{&table, path, variable_of_account(id), environment, complaints};
    for_each_account_key(account, keys);
    keys.refuse_unknown();
    if (account.lane_group.empty()) account.lane_group = account.id;
    check_account(account, path, complaints);
    return account;
}

void read_accounts(const toml::table& root, Config& config, const Lookup& environment, Complaints& complaints) {
    const toml::node* const found = root.get("accounts");
    if (found == nullptr) return;
    const toml::array* const list = found->as_array();
    if (list == nullptr || !(list->empty() || list->is_array_of_tables()))
        return complaints.add("accounts: want [[accounts]] tables");
    for (const toml::node& element : *list) {
        const std::string path = fmt::format("accounts[{}]", config.accounts.size());
        config.accounts.push_back(read_account(*element.as_table(), path, environment, complaints));
    }
}

// The tables that the file has, by name; null where it says nothing about one.
const toml::table* section(const toml::table& root, const std::string& name, Complaints& complaints) {
    const toml::node* const found = root.get(name);
    if (found == nullptr) return nullptr;
    if (!found->is_table()) complaints.add(fmt::format("{0}: want a table [{0}]", name));
    return found->as_table();
}

Result<Config> read_config(const toml::table& root, const Lookup& environment) {
    Config config;
    Complaints complaints;
    Names sections{"accounts"};
    for_each_section(config, [&](const std::string& name, auto go_through) {
        sections.insert(name);
        const std::string variable = "WHISTLESTOP_" + capitals(name);
        KeyReader keys{section(root, name, complaints), name, variable, environment, complaints};
        go_through(keys);
        keys.refuse_unknown();
    });
    read_accounts(root, config, environment, complaints);
    refuse_unknown(root, "", sections, complaints);
    if (config.topics.socket.empty()) config.topics.socket = config.data.folder + "/topics.sock";
    check_whole(config, complaints);
    if (!complaints.empty()) return fail(Fault::invalid, complaints.joined());
    return config;
}

}  // namespace

Result<Config> parse_config(std::string_view toml, const Lookup& environment) {
    try {
        return read_config(toml::parse(toml), environment);
    } catch (const toml::parse_error& error) {
        return fail(Fault::invalid, fmt::format("line {}: {}", error.source().begin.line, error.description()));
    }
}

Result<Config> load_config(const std::string& file, const Lookup& environment) {
    const auto text = read_file(file);
    if (!text) return std::unexpected{text.error()};
    return parse_config(*text, environment);
}

std::string describe(const Config& config) {
    std::string out;
    KeyWriter keys{out};
    for_each_section(config, [&](const std::string& name, auto go_through) {
        out += fmt::format("[{}]\n", name);
        go_through(keys);
        out += '\n';
    });
    for (const auto& account : config.accounts) {
        out += "[[accounts]]\n";
        for_each_account_key(account, keys);
        out += '\n';
    }
    out.pop_back();
    return out;
}

std::optional<std::string> from_environment(const std::string& name) {
    const char* const value = std::getenv(name.c_str());
    if (value == nullptr) return std::nullopt;
    return value;
}

}  // namespace whistlestop
