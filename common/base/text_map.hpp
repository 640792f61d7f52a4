#pragma once
// TextMap: an unordered map by text that is looked up with views, without a copy of the key.

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

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

// Finds rows that lie elsewhere, and stay there, by their member `key`; as cheap for a key that is not there.
template <class Row>
struct KeyHash : TextHash {
    using TextHash::operator();
    std::size_t operator()(const Row* row) const { return (*this)(row->key); }
};
template <class Row>
struct SameKey {
    using is_transparent = void;
    bool operator()(const Row* a, const Row* b) const { return a->key == b->key; }
    bool operator()(std::string_view key, const Row* row) const { return key == row->key; }
};
template <class Row>
using KeyIndex = boost::unordered_flat_set<Row*, KeyHash<Row>, SameKey<Row>>;

}  // namespace whistlestop
