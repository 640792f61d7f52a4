#pragma once
// What an inbound text asks for. Pure.
//
// Exact keywords decide first, whatever the classifier thinks, and they alone can lift a stop: a classified "opt in" is
// shown to a person and opens no door. A stop that the carrier says it has handled is one, whatever its words.

#include "whistlestop/v1/consent.pb.h"
#include "whistlestop/v1/inbound.pb.h"
#include <functional>
#include <string>
#include <string_view>

namespace whistlestop::optout {

struct Classified {
    v1::Label label = v1::LABEL_NORMAL;
    v1::Action action = v1::ACTION_NONE;
    double score = 0;
    std::string rule;
    std::string evidence;
    std::string version;  // of rules and model
};

// A pure function of the text.
using Classify = std::function<Classified(std::string_view body)>;

struct Meaning {
    Classified classified;
    v1::ConsentEntry::Cause cause = v1::ConsentEntry::CAUSE_CLASSIFIED;  // of the entry, where it makes one
    bool lifts = false;                                                  // an exact START
};

// `classify` may be empty: then there are keywords alone.
[[nodiscard]] Meaning meaning_of(const v1::InboundText& text, const Classify& classify);

}  // namespace whistlestop::optout
