#pragma once
// TextMap: an unordered map by text that is looked up with views, without a copy of the key.

#include <boost/unordered/unordered_flat_map.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace whistlestop {

struct TextHash {
    using is_transparent = void;
    using is_avalanching = void;  // every bit of a hash depends on every bit of the text
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

template <class Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

// For many small values, most of whose questions are about keys that are not there: one cache line says so. Values move
// when it changes.
template <class Value>
using FlatTextMap = boost::unordered_flat_map<std::string, Value, TextHash, std::equal_to<>>;

}  // namespace whistlestop
