#pragma once
// What people write. Every stop is one of the words that must always be heard (47 CFR 64.1200(a)(10) and the carriers'
// own: stop, stopall, quit, end, revoke, opt out, optout, cancel, unsubscribe), in any case, with blanks or punctuation
// around it; no answer contains such a word.

#include <array>
#include <string_view>

namespace simulator::phones {

inline constexpr std::array<std::string_view, 24> stop_words{
    "STOP",     "stop",    "Stop",   "Stop.",   "STOP!!",      " stop ",      "sToP",    "stop!",
    "\"Stop\"", "Quit",    "quit.",  "END",     "End",         "cancel",      "CANCEL!", "Cancel.",
    "opt out",  "OPT OUT", "Optout", "optout.", "unsubscribe", "UNSUBSCRIBE", "revoke",  "StopAll"};

inline constexpr std::array<std::string_view, 3> start_words{"START", "start", "UNSTOP"};

inline constexpr std::array<std::string_view, 24> answers{"Yes, count me in",
                                                          "Who is this?",
                                                          "I already voted early, thanks",
                                                          "Where is my polling place?",
                                                          "No thanks, not this year",
                                                          "Maybe. What is the plan for the buses?",
                                                          "My sister may want to help too",
                                                          "Sure, see you Saturday",
                                                          "I moved to another county last month",
                                                          "Can you call me after six?",
                                                          "Sí, claro 👍",
                                                          "Ok",
                                                          "What time does it begin on Tuesday?",
                                                          "I have not made up my mind yet",
                                                          "Thank you for what you do!",
                                                          "Do I need to bring an ID?",
                                                          "I am more worried about rent than about roads",
                                                          "lol ok",
                                                          "Yes! And my neighbor wants a yard sign 🪧",
                                                          "Sorry, I was at work. What was the question?",
                                                          "I work nights, so mornings are better",
                                                          "Let me talk to my husband first",
                                                          "Is there parking?",
                                                          "That depends on the schools"};

}  // namespace simulator::phones
