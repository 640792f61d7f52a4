#pragma once
// TextMap: an unordered map by text that is looked up with views, without a copy of the key.

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace whistlestop {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

template <class Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

}  // namespace whistlestop
