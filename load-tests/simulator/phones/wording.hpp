#pragma once
// What people write. A stop word is one of those that must always be heard (47 CFR 64.1200(a)(10) and the carriers'
// own: stop, stopall, quit, end, revoke, opt out, optout, cancel, unsubscribe), in any case, with blanks or punctuation
// around it. A stop in other words is one that nobody reads otherwise. No answer asks to stop, though some speak of
// stopping, ending and cancelling.

#include <array>
#include <string_view>

namespace simulator::phones {

inline constexpr std::array<std::string_view, 24> stop_words{
    "STOP",     "stop",    "Stop",   "Stop.",   "STOP!!",      " stop ",      "sToP",    "stop!",
    "\"Stop\"", "Quit",    "quit.",  "END",     "End",         "cancel",      "CANCEL!", "Cancel.",
    "opt out",  "OPT OUT", "Optout", "optout.", "unsubscribe", "UNSUBSCRIBE", "revoke",  "StopAll"};

inline constexpr std::array<std::string_view, 20> stop_sentences{"please take me off this",
                                                                 "Stop texting me",
                                                                 "Take me off your list please",
                                                                 "Do not text this number again.",
                                                                 "remove my number thanks",
                                                                 "I don't want these messages anymore",
                                                                 "pls stop sending me this stuff",
                                                                 "Lose my number",
                                                                 "leave me alone!!",
                                                                 "How do I unsubscribe from this?",
                                                                 "No more texts",
                                                                 "Quit bothering me",
                                                                 "Stop. I never signed up for this",
                                                                 "Good luck, but please don't text me again",
                                                                 "STOP TEXTING ME OR I WILL REPORT YOU",
                                                                 "could you please delete my number from your list",
                                                                 "ya no me manden mensajes",
                                                                 "Por favor quítenme de su lista",
                                                                 "unsubscribe me from everything",
                                                                 "I voted already, stop texting"};

inline constexpr std::array<std::string_view, 3> start_words{"START", "start", "UNSTOP"};

inline constexpr std::array<std::string_view, 32> answers{"Yes, count me in",
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
                                                          "That depends on the schools",
                                                          "We have to stop this pipeline",
                                                          "When will she end the closures?",
                                                          "I need to cancel my shift on Friday",
                                                          "Please don't stop, you are doing great",
                                                          "Which bus stops at the library?",
                                                          "Can somebody remove the old sign from my yard?",
                                                          "I can't stop laughing at that debate",
                                                          "No me interesa votar este año"};

}  // namespace simulator::phones
