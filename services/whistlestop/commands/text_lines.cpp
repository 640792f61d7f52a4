#include "services/whistlestop/commands/text_lines.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <iostream>
#include <optional>

namespace whistlestop::commands {
namespace {

std::optional<std::string> text_of(std::string_view line) {
    boost::system::error_code error;
    const boost::json::value parsed = boost::json::parse({line.data(), line.size()}, error);
    if (error || !parsed.is_object()) return std::nullopt;
    const boost::json::value* const text = parsed.get_object().if_contains("text");
    if (text == nullptr || !text->is_string()) return std::nullopt;
    return std::string{text->get_string()};
}

}  // namespace

int answer_texts(const std::function<std::string(std::string_view text)>& answer) {
    std::ios::sync_with_stdio(false);  // else in_avail() does not know what has arrived
    int exit_code = 0;
    std::string line;
    while (std::getline(std::cin, line)) {
        const auto text = text_of(line);
        if (!text) exit_code = 1;
        fmt::print("{}\n", text ? answer(*text) : R"({"error":"want {\"text\": ...}"})");
        if (std::cin.rdbuf()->in_avail() <= 0) std::fflush(stdout);
    }
    return exit_code;
}

}  // namespace whistlestop::commands
