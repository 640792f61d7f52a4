#include "services/optout/consent/classified.hpp"

#include <utility>

#include "common/domain/utf8.hpp"

namespace whistlestop::optout {
namespace {

constexpr std::size_t evidence_bytes_max = 1000;  // of a sentence without an end; it stays in the ledger for good

v1::Label wire(classify::Label label) {
    switch (label) {
        case classify::Label::opt_out: return v1::LABEL_OPT_OUT;
        case classify::Label::opt_in: return v1::LABEL_OPT_IN;
        case classify::Label::wrong_number: return v1::LABEL_WRONG_NUMBER;
        case classify::Label::help: return v1::LABEL_HELP;
        case classify::Label::abuse: return v1::LABEL_ABUSE;
        case classify::Label::normal: break;
    }
    return v1::LABEL_NORMAL;
}

v1::Action wire(classify::Action action) {
    switch (action) {
        case classify::Action::optout: return v1::ACTION_OPTOUT;
        case classify::Action::review: return v1::ACTION_REVIEW;
        case classify::Action::none: break;
    }
    return v1::ACTION_NONE;
}

}  // namespace

Classify classify_with(std::shared_ptr<const classify::Classifier> classifier) {
    return [classifier = std::move(classifier)](std::string_view body) {
        thread_local const auto scratch = std::make_unique<classify::Scratch>();
        const classify::Verdict verdict = classifier->classify(body, *scratch);
        return Classified{wire(verdict.label),
                          wire(verdict.action),
                          static_cast<double>(verdict.score),
                          std::string{verdict.rule},
                          std::string{utf8_beginning(verdict.evidence, evidence_bytes_max)},
                          std::string{classifier->version()}};
    };
}

}  // namespace whistlestop::optout
