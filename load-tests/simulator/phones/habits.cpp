#include "load-tests/simulator/phones/habits.hpp"

#include <algorithm>

#include "load-tests/simulator/phones/wording.hpp"

namespace simulator::phones {

namespace {

// The questions that one hash answers, each independently.
enum Question : std::uint64_t {
    mind,
    twice,
    late,
    start,
    reading,
    answering,
    lateness,
    pause,
    return_after,
    words,
    in_words,
    again_in_words
};

template <std::size_t count>
std::string_view pick(const std::array<std::string_view, count>& from, std::uint64_t hash) {
    return from[hash % count];
}

std::string_view stop(const Habits& habits, std::uint64_t hash, std::uint64_t draw) {
    return permille(hash, in_words) < habits.in_words_permille ? pick(stop_sentences, draw) : pick(stop_words, draw);
}

std::vector<Utterance> stop_and_more(const Habits& habits, std::uint64_t hash, milliseconds delay) {
    std::vector<Utterance> said{{delay, "stop", stop(habits, hash, mix(hash + words))}};
    if (permille(hash, twice) < habits.twice_permille) {
        const milliseconds again = delay + drawn(habits.again, mix(hash + pause));
        said.push_back({again, "stop", stop(habits, hash, mix(hash + again_in_words))});
    }
    if (permille(hash, start) < habits.start_permille) {
        const milliseconds back = said.back().delay + drawn(habits.start, mix(hash + return_after));
        said.push_back({back, "start", pick(start_words, mix(hash + words))});
    }
    return said;
}

std::vector<Utterance> answer_and_more(const Habits& habits, std::uint64_t hash, milliseconds delay) {
    const bool is_late = permille(hash, late) < habits.late_permille;
    if (is_late) delay += drawn(habits.late, mix(hash + lateness));
    std::vector<Utterance> said{{delay, is_late ? "late" : "answer", pick(answers, mix(hash + words))}};
    if (permille(hash, twice) < habits.twice_permille) {
        const milliseconds again = delay + drawn(habits.again, mix(hash + pause));
        said.push_back({again, "twice", pick(answers, mix(hash + words) / answers.size())});
    }
    return said;
}

}  // namespace

std::vector<Utterance> reaction(const Habits& habits, const Conversation& conversation, std::string_view text) {
    if (conversation.stopped || conversation.texts_before >= habits.texts_answered_max) return {};
    const auto is_in_text = [text](const std::string& marker) { return text.find(marker) != std::string_view::npos; };
    if (std::ranges::any_of(habits.ignored, is_in_text)) return {};

    const std::uint64_t person = seeded_hash(conversation.seed, {conversation.phone, conversation.sender});
    const std::uint64_t hash = mix(person + (std::uint64_t{conversation.texts_before} << 32U));
    const milliseconds delay = drawn(habits.read, mix(hash + reading)) + drawn(habits.answer, mix(hash + answering));
    const unsigned draw = permille(person, mind);
    if (draw < habits.stop_permille) return stop_and_more(habits, hash, delay);
    if (draw < habits.stop_permille + habits.answer_permille) return answer_and_more(habits, hash, delay);
    return {};
}

}  // namespace simulator::phones
