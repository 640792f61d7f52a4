#include "services/optout/classify/answer.hpp"

#include <fmt/core.h>

#include <array>

#include "services/optout/classify/characters.hpp"

namespace whistlestop::optout::classify {
namespace {

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = read_code_point(text, at);
        at += point.bytes;
        if (point.value == '"' || point.value == '\\') {
            out += '\\';
            out += static_cast<char>(point.value);
        } else if (point.value < 0x20 || point.value == 0x7F) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(point.value));
        } else {
            std::array<char, 4> bytes{};
            out.append(bytes.data(), write_code_point(point.value, bytes.data()));
        }
    }
    return out + '"';
}

}  // namespace

std::string to_json(const Verdict& verdict, double micros) {
    return fmt::format(R"({{"label":"{}","action":"{}","score":{:.4f},"us":{:.2f},"rule":"{}","evidence":{}}})",
                       name_of(verdict.label), name_of(verdict.action), verdict.score, micros, verdict.rule,
                       quoted(verdict.evidence));
}

}  // namespace whistlestop::optout::classify
