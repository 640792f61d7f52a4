#include "services/optout/classify/spelling.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace whistlestop::optout::classify {
namespace {

constexpr std::size_t letters_max = 16;

struct Target {
    std::string_view word;
    std::uint8_t distance;  // in a sentence; 0: only in short messages
    std::uint8_t distance_short;
    std::uint32_t letters = 0;
    std::uint8_t rank = 0;  // where two are as near, the one that asks for an end stands first
};

constexpr std::uint32_t letters_of(std::string_view word) {
    std::uint32_t set = 0;
    for (const char c : word) {
        if (c >= 'a' && c <= 'z') set |= 1U << (c - 'a');
    }
    return set;
}

constexpr auto targets = [] {
    auto list = std::to_array<Target>({
        {"stop", 0, 1},         {"quit", 0, 1},      {"cancel", 1, 1},       {"unsubscribe", 2, 2},
        {"remove", 1, 1},       {"optout", 1, 1},    {"delete", 1, 1},       {"revoke", 1, 1},
        {"unsub", 0, 1},        {"stopall", 1, 1},   {"alto", 0, 1},         {"cease", 0, 1},
        {"unsubscribed", 2, 2}, {"messages", 1, 2},  {"message", 1, 1},      {"messaging", 1, 1},
        {"texting", 1, 1},      {"removed", 1, 1},   {"contact", 1, 1},      {"contacting", 1, 1},
        {"number", 1, 1},       {"stopping", 1, 1},  {"permission", 2, 2},   {"consent", 1, 1},
        {"please", 1, 1},       {"desist", 1, 1},    {"subscription", 2, 2}, {"mensajes", 1, 1},
        {"mensaje", 1, 1},      {"cancelar", 1, 1},  {"eliminar", 1, 1},     {"numero", 1, 1},
        {"enviarme", 1, 1},     {"borrenme", 1, 1},  {"quitenme", 1, 1},     {"saquenme", 1, 1},
        {"dejenme", 1, 1},      {"bothering", 1, 1}, {"anymore", 1, 1},      {"sending", 1, 1},
        {"interested", 1, 1},   {"subscribe", 1, 1}, {"wrong", 0, 1},        {"equivocado", 1, 1},
        {"escriban", 1, 1},     {"political", 1, 1}, {"database", 1, 1},     {"attorney", 1, 1},
        {"harassment", 2, 2},   {"harassing", 1, 1},
    });
    for (std::size_t i = 0; i < list.size(); ++i) {
        list[i].letters = letters_of(list[i].word);
        list[i].rank = static_cast<std::uint8_t>(i);
    }
    std::ranges::sort(list, {}, [](const Target& target) { return std::pair{target.word.size(), target.rank}; });
    return list;
}();

// How many targets are shorter than so many letters.
constexpr auto shorter = [] {
    std::array<std::uint8_t, letters_max + 4> count{};
    for (std::size_t size = 0; size < count.size(); ++size)
        count[size] = static_cast<std::uint8_t>(
            std::ranges::count_if(targets, [size](const Target& target) { return target.word.size() < size; }));
    return count;
}();

// A slip changes at most two letters of the set. Cheaper than counting them where the processor is not asked to.
bool more_bits_than(unsigned count, std::uint32_t bits) {
    for (; count > 0; --count) bits &= bits - 1;
    return bits != 0;
}

}  // namespace

unsigned edit_distance(std::string_view a, std::string_view b) {
    constexpr unsigned far = 3;
    if (a.size() > letters_max || b.size() > letters_max) return far;
    std::array<std::array<unsigned, letters_max + 1>, 3> rows{};
    for (unsigned j = 0; j <= b.size(); ++j) rows[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i + 2) % 3];
        const auto& before = rows[(i + 1) % 3];
        row[0] = static_cast<unsigned>(i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const unsigned slip = above[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, slip});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return std::min(rows[a.size() % 3][b.size()], far);
}

std::string_view corrected(std::string_view word, Context context) {
    if (word.size() < 3 || word.size() > letters_max) return {};
    const std::uint32_t letters = letters_of(word);
    const Target* best = nullptr;
    std::pair nearest{3U, std::uint8_t{0}};
    for (std::size_t i = shorter[word.size() - 2]; i < shorter[word.size() + 3]; ++i) {
        const Target& target = targets[i];
        const unsigned allowed =
            std::min<unsigned>(context == Context::short_message ? target.distance_short : target.distance, 2);
        if (allowed == 0) continue;
        const auto [small, large] = std::minmax({word.size(), target.word.size()});
        if (large - small > allowed) continue;
        if (more_bits_than(2 * allowed, letters ^ target.letters)) continue;
        const std::pair near{edit_distance(word, target.word), target.rank};
        if (near.first > allowed || near >= nearest) continue;
        best = &target;
        nearest = near;
    }
    return best == nullptr ? std::string_view{} : best->word;
}

}  // namespace whistlestop::optout::classify
