#include "load-tests/simulator/carrier/keywords.hpp"

#include <algorithm>

namespace simulator::carrier {

namespace {

std::string as_heard(std::string_view body) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = body.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    std::string word{body.substr(begin, body.find_last_not_of(blanks) - begin + 1)};
    std::ranges::transform(word, word.begin(),
                           [](char byte) { return byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 32) : byte; });
    return word;
}

}  // namespace

Heard hear(const Keywords& keywords, std::string_view body) {
    constexpr std::size_t longest = 64;
    if (keywords.handled.empty() || body.size() > longest) return Heard::nothing;
    const std::string word = as_heard(body);
    if (std::ranges::find(keywords.handled, word) != keywords.handled.end()) return Heard::stop;
    return word == "START" || word == "UNSTOP" ? Heard::start : Heard::nothing;
}

void Blocks::block(const std::string& phone, const Line& line, Reach reach) {
    if (blocked(phone, line)) return;
    by_phone_[phone].emplace_back(reach == Reach::account ? line.account : line.sender);
}

void Blocks::lift(const std::string& phone, const Line& line) {
    const auto found = by_phone_.find(phone);
    if (found == by_phone_.end()) return;
    std::erase_if(found->second, [&](const std::string& name) { return name == line.account || name == line.sender; });
    if (found->second.empty()) by_phone_.erase(found);
}

bool Blocks::blocked(const std::string& phone, const Line& line) const {
    const auto found = by_phone_.find(phone);
    if (found == by_phone_.end()) return false;
    return std::ranges::any_of(found->second,
                               [&](const std::string& name) { return name == line.account || name == line.sender; });
}

}  // namespace simulator::carrier
