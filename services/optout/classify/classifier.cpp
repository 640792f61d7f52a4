#include "services/optout/classify/classifier.hpp"

#include <algorithm>
#include <span>

#include "services/optout/classify/keyword_layer.hpp"
#include "services/optout/classify/normalise.hpp"
#include "services/optout/keywords/keywords.hpp"

namespace whistlestop::optout::classify {
namespace {

std::string_view span_of(std::string_view message, const Text& text, std::size_t first, std::size_t last) {
    if (first >= last || last > text.token_count) return {};
    const std::uint32_t begin = text.tokens[first].raw_begin;
    return message.substr(begin, text.tokens[last - 1].raw_end - begin);
}

Label most_likely(const Scores& scores) {
    const auto best = std::ranges::max_element(scores.probability);
    return static_cast<Label>(best - scores.probability.begin());
}

// The phrase that speaks for `effect`: in the sentence that asks most, if it has one.
const RuleHit* best_hit(const Scratch& scratch, Effect effect) {
    const RuleHit* best = nullptr;
    for (const RuleHit& hit : scratch.hits.all()) {
        if (hit.silenced || hit.effect != effect) continue;
        if (best == nullptr || (hit.sentence == scratch.scores.sentence && best->sentence != hit.sentence)) best = &hit;
    }
    return best;
}

Effect effect_of(Label label) {
    switch (label) {
        case Label::opt_out: return Effect::optout;
        case Label::opt_in: return Effect::opt_in;
        case Label::wrong_number: return Effect::wrong_number;
        case Label::help: return Effect::help;
        case Label::abuse: return Effect::abuse;
        case Label::normal: return Effect::normal;
    }
    return Effect::normal;
}

Verdict of_keyword(const KeywordFound& found, std::string_view message, const Text& text, std::size_t end) {
    Verdict verdict;
    verdict.rule = found.rule;
    verdict.evidence = span_of(message, text, found.token, end);
    switch (found.kind) {
        case KeywordKind::stop:
            verdict.label = Label::opt_out;
            verdict.action = Action::optout;
            verdict.score = 1;
            break;
        case KeywordKind::start: verdict.label = Label::opt_in; break;
        case KeywordKind::help: verdict.label = Label::help; break;
    }
    return verdict;
}

KeywordKind kind_of(Keyword keyword) {
    if (keyword == Keyword::start) return KeywordKind::start;
    return keyword == Keyword::help ? KeywordKind::help : KeywordKind::stop;
}

bool any(const RuleHits& hits, bool (*is)(const RuleHit&)) {
    return std::ranges::any_of(hits.all(), [&](const RuleHit& hit) { return !hit.silenced && is(hit); });
}

bool asks_out(const RuleHit& hit) { return hit.effect == Effect::optout; }

// "Don't stop", "sign me up". A wrong number or a question speaks against nothing: both often come with a request.
bool contradicts(const RuleHit& hit) { return hit.effect == Effect::guard || hit.effect == Effect::opt_in; }

// Words without which a message is hardly about being texted.
constexpr Classes topic = bit(WordClass::contact) | bit(WordClass::message) | bit(WordClass::spam) |
                          bit(WordClass::list) | bit(WordClass::number) | bit(WordClass::unsubscribe) |
                          bit(WordClass::quit_like) | bit(WordClass::report) | bit(WordClass::legal) |
                          bit(WordClass::remove) | bit(WordClass::stop) | bit(WordClass::keyword) |
                          bit(WordClass::channel);

std::string_view words_of(Evidence evidence) {
    switch (evidence) {
        case Evidence::phrase: return "with a phrase that asks";
        case Evidence::topic: return "without a phrase that asks, but about texts or lists";
        case Evidence::none: break;
    }
    return "without a phrase that asks, and not about texts";
}

bool opens_with_keyword(const RuleHit& hit) {
    return hit.first == 0 && rule_table()[hit.rule].id.starts_with("keyword.");
}

}  // namespace

Evidence evidence_of(const Text& text, const RuleHits& hits) {
    if (any(hits, asks_out)) return Evidence::phrase;
    const std::span tokens{text.tokens.data(), text.token_count};
    const bool on_topic = std::ranges::any_of(tokens, [](const Token& token) { return (token.classes & topic) != 0; });
    return on_topic ? Evidence::topic : Evidence::none;
}

DecidingBar deciding_bar(const Thresholds& thresholds, const Text& text, const RuleHits& hits) {
    constexpr float nearly_certain = 0.97F;
    const Evidence evidence = evidence_of(text, hits);
    DecidingBar deciding{thresholds.of(evidence), words_of(evidence)};
    if (evidence != Evidence::phrase && any(hits, contradicts)) {
        deciding.why = "with a phrase against it alone";
        deciding.bar.optout = std::max(deciding.bar.optout, nearly_certain);
    }
    if (any(hits, opens_with_keyword)) deciding.bar.review = 0;
    return deciding;
}

Classifier::Classifier(ModelParts parts) : rules_(lexicon_), model_(std::move(parts)) {}

Verdict Classifier::classify(std::string_view message, Scratch& scratch) const {
    scratch.hits.count = 0;
    scratch.scores = Scores{};
    normalise(message, lexicon_, model_.real_words(), scratch.text);
    if (const Match exact = match_keyword(message); exact.keyword != Keyword::none) {
        const KeywordFound found{kind_of(exact.keyword), "keyword.exact", 0};
        return of_keyword(found, message, scratch.text, scratch.text.token_count);
    }
    if (scratch.text.token_count == 0) {
        return {Label::normal, Action::none, 0, scratch.text.reaction ? "reaction" : "empty", {}};
    }
    if (const auto found = find_keyword(scratch.text))
        return of_keyword(*found, message, scratch.text, found->token + 1U);
    rules_.match(scratch.text, scratch.hits);
    scratch.scores = model_.score(scratch.text, scratch.hits, scratch.core);
    return decide(message, scratch);
}

Verdict Classifier::decide(std::string_view message, const Scratch& scratch) const {
    const Text& text = scratch.text;
    Verdict verdict;
    verdict.score = scratch.scores.opt_out;
    verdict.label = most_likely(scratch.scores);
    const RuleHit* asks = best_hit(scratch, Effect::optout);
    verdict.action = deciding_bar(model_.parts().thresholds, scratch.text, scratch.hits).bar.action(verdict.score);
    if (verdict.action == Action::optout) verdict.label = Label::opt_out;
    const RuleHit* hit = verdict.label == Label::opt_out || verdict.action != Action::none
                             ? asks
                             : best_hit(scratch, effect_of(verdict.label));
    if (hit != nullptr) {
        verdict.rule = rule_table()[hit->rule].id;
        verdict.evidence = span_of(message, text, hit->first, hit->last);
        return verdict;
    }
    verdict.rule = "model";
    if (verdict.label != Label::normal || verdict.action != Action::none) {
        const Sentence& sentence = text.sentences[scratch.scores.sentence];
        verdict.evidence = span_of(message, text, sentence.first, sentence.last);
    }
    return verdict;
}

}  // namespace whistlestop::optout::classify
