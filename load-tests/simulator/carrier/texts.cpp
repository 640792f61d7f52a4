#include "load-tests/simulator/carrier/texts.hpp"

#include <charconv>
#include <utility>

#include "load-tests/simulator/base/seeded.hpp"

namespace simulator::carrier {

namespace {

constexpr std::size_t sid_size = 34;

void append_hex(std::string& out, std::uint64_t number) {
    constexpr std::string_view digits = "0123456789abcdef";
    for (unsigned shift = 64; shift > 0; shift -= 4) out += digits[(number >> (shift - 4)) & 15U];
}

}  // namespace

std::string_view name_of(Status status) {
    constexpr std::string_view names[] = {"queued", "sent", "delivered", "undelivered"};
    return names[static_cast<std::size_t>(status)];
}

std::string Sids::sid(std::uint64_t number) const {
    std::string sid{"SM"};
    sid.reserve(sid_size);
    append_hex(sid, mix(run_ + number));
    append_hex(sid, number);
    return sid;
}

TextNumber Sids::text_of(std::string_view text) const {
    if (text.size() != sid_size) return 0;
    TextNumber number = 0;
    const std::string_view digits = text.substr(18);
    std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
    return number < other_bit && sid(number) == text ? number : 0;
}

Text& Texts::add(Text text) {
    if (texts_.size() >= kept_max_) {
        texts_.pop_front();
        ++first_;
    }
    text.number = first_ + texts_.size();
    text.previous = std::exchange(newest_to_[text.to], text.number);
    return texts_.emplace_back(std::move(text));
}

Text* Texts::find(TextNumber number) {
    if (number < first_ || number > newest()) return nullptr;
    return &texts_[number - first_];
}

TextNumber Texts::newest_to(const std::string& phone) const {
    const auto found = newest_to_.find(phone);
    return found == newest_to_.end() ? 0 : found->second;
}

}  // namespace simulator::carrier
