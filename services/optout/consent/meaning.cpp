#include "services/optout/consent/meaning.hpp"

#include "services/optout/keywords/keywords.hpp"

namespace whistlestop::optout {
namespace {

constexpr std::string_view keywords_version = "keywords-1";
constexpr std::string_view carrier_stop = "STOP";

Meaning keyword_meaning(v1::Label label, v1::Action action, std::string_view rule, std::string_view evidence) {
    Meaning meaning;
    meaning.classified = {label, action, 1, std::string{rule}, std::string{evidence}, std::string{keywords_version}};
    meaning.cause = v1::ConsentEntry::CAUSE_KEYWORD;
    return meaning;
}

}  // namespace

Meaning meaning_of(const v1::InboundText& text, const Classify& classify) {
    const Match match = match_keyword(text.body());
    switch (match.keyword) {
        case Keyword::stop: return keyword_meaning(v1::LABEL_OPT_OUT, v1::ACTION_OPTOUT, "keyword", match.word);
        case Keyword::help: return keyword_meaning(v1::LABEL_HELP, v1::ACTION_NONE, "keyword", match.word);
        case Keyword::start: {
            Meaning meaning = keyword_meaning(v1::LABEL_OPT_IN, v1::ACTION_NONE, "keyword", match.word);
            meaning.lifts = true;
            return meaning;
        }
        case Keyword::none: break;
    }
    if (text.carrier_keyword() == carrier_stop)
        return keyword_meaning(v1::LABEL_OPT_OUT, v1::ACTION_OPTOUT, "carrier_keyword", carrier_stop);
    Meaning meaning;
    if (classify) meaning.classified = classify(text.body());
    return meaning;
}

}  // namespace whistlestop::optout
