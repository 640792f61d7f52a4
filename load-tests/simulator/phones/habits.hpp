#pragma once
// What a person does about a text: a pure function of the seed, the two numbers and the habits of the whole crowd. The
// same person has the same mind about the same sender in every run, and may have another mind about another sender.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "load-tests/simulator/base/seeded.hpp"

namespace simulator::phones {

// Of a thousand people: `stop` say stop, `answer` answer, the others are silent.
struct Habits {
    unsigned answer_permille = 0;
    unsigned stop_permille = 0;
    unsigned in_words_permille = 0;  // of those who say stop: in a sentence of their own
    unsigned late_permille = 0;      // of the answers: `late` later
    unsigned twice_permille = 0;     // of those who write: once more, `again` later
    unsigned start_permille = 0;     // of those who say stop: START, `start` later
    Span read{milliseconds{50}, milliseconds{500}};
    Span answer{milliseconds{100}, milliseconds{2000}};
    Span late{milliseconds{5000}, milliseconds{10'000}};
    Span again{milliseconds{50}, milliseconds{1000}};
    Span start{milliseconds{3000}, milliseconds{6000}};
    unsigned texts_answered_max = 1;   // of one sender: a person reacts to the first so many
    std::vector<std::string> ignored;  // a text that contains one of these gets no reaction
};

// One thing a person will say.
struct Utterance {
    milliseconds delay;     // after the text has reached the phone
    std::string_view what;  // answer, late, twice, stop, start
    std::string_view body;
};

struct Conversation {
    std::uint64_t seed;
    std::string_view phone;
    std::string_view sender;
    unsigned texts_before;  // that this sender sent to this phone
    bool stopped;           // this person has told this sender to stop
};

[[nodiscard]] std::vector<Utterance> reaction(const Habits& habits, const Conversation& conversation,
                                              std::string_view text);

}  // namespace simulator::phones
