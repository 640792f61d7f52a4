#pragma once
// WordSet: which words are real, so that "shop" is never read as a mistyped "stop". Hashes only, no allocation to ask.

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace whistlestop::optout::classify {

class WordSet {
public:
    WordSet() : slots_(1) {}
    explicit WordSet(std::span<const std::uint64_t> hashes)
        : slots_(std::bit_ceil(hashes.size() * 2 + 1)), mask_(slots_.size() - 1) {
        for (const std::uint64_t hash : hashes) {
            std::size_t at = hash & mask_;
            while (slots_[at] != 0 && slots_[at] != hash) at = (at + 1) & mask_;
            slots_[at] = hash;
        }
    }

    [[nodiscard]] bool contains(std::uint64_t hash) const {
        for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
            if (slots_[at] == hash) return true;
            if (slots_[at] == 0) return false;
        }
    }

private:
    std::vector<std::uint64_t> slots_;  // always at least half free; 0: free
    std::size_t mask_ = 0;
};

}  // namespace whistlestop::optout::classify
