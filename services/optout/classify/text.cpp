#include "services/optout/classify/text.hpp"

namespace whistlestop::optout::classify {

std::string to_string(const Text& text) {
    std::string out;
    for (std::size_t s = 0; s < text.sentence_count; ++s) {
        const Sentence& sentence = text.sentences[s];
        if (s > 0) out += '\n';
        for (std::size_t i = sentence.first; i < sentence.last; ++i) {
            if (i > sentence.first) out += text.tokens[i].after_comma ? ", " : " ";
            if (text.tokens[i].kind == TokenKind::hashtag) out += '#';
            out += text.word(i);
        }
        if (sentence.question) out += '?';
    }
    return out;
}

}  // namespace whistlestop::optout::classify
