#include "services/optout/classify/rule_table.hpp"

namespace whistlestop::optout::classify {
namespace {

using enum Effect;

constexpr std::string_view spanish = "the same in Spanish";
constexpr std::string_view object = "stop, end, quit or cancel with another object";
constexpr std::string_view wish = "asks for the texts to go on";
constexpr std::string_view reported = "reports what others say or do";

// What looks like a request and is none, and phrases of the other labels.
constexpr Rule table[] = {
    // ---- Guards: what looks like it and is not
    {"guard.dont_stop", guard,
     "dont|dnt|not|cant|wont|cannot|never|didnt|doesnt|hasnt|havent ..2 "
     "stop|stopping|quit|end|cease|cancel|remove|delete|drop|take|unsubscribe|leave",
     wish, "please don't stop texting me", "don't text me, stop"},
    {"guard.not_trying", guard,
     "not|didnt|wasnt|never trying|mean|meant|asking|asked|telling @you? to ..2 "
     "stop|unsubscribe|optout|opt|leave|cancel|unsub|quit",
     wish, "I'm not trying to unsubscribe", "I'm trying to unsubscribe"},
    {"guard.keep_coming", guard,
     "keep these|them|em|the|those|texting|sending|texts|messages|me|us ..2 coming|please|informed|posted|$", wish,
     "keep the texts coming", "they keep coming"},
    {"guard.stop_by", guard,
     "stop|stopping|stopped|stops|swing by|in|over|at|off|for|through|into|near|here|there|outside", object,
     "I'll stop by the office", "stop it"},
    {"guard.bus_stop", guard,
     "bus|truck|rest|pit|full|traffic|non|next|last|whistle|first|train|trolley|transit stop|stops", object,
     "bus stop on Main", "just stop"},
    {"guard.stop_sign", guard,
     "stop|end|quit|cancel|unsubscribe|remove "
     "sign|signs|light|lights|lying|fighting|arguing|playing|kidding|joking|smoking|worrying|driving|hunger|gap|watch|"
     "laughing|crying",
     object, "we need a stop sign", "stop it please"},
    {"guard.stop_issue", guard,
     "stop|stops|stopping|end|ending|ends|quit|remove|cancel|terminate|cease "
     "the|all|this|that|these|our|endless|more|any|his|her|their|my? @issue",
     object, "stop the war", "stop the texts"},
    {"guard.put_end", guard, "put|see|an|the|week|year|month|day|rear|dead|other|high|deep|until|till|days end|ends",
     object, "by the end of the month", "end texts"},
    {"guard.third_removed", guard,
     "@third|@candidate|who|someone should|must|needs|need|ought|has|have|deserves to? ..1 be|get "
     "removed|deleted|dropped|recalled|fired",
     object, "he should be removed", "I should be removed"},
    {"guard.dont_forget", guard, "dont|never|not|wont|cant|cannot forget|lose|ignore", wish, "don't forget me",
     "don't text, forget me"},
    {"guard.told_third", guard,
     "tell|told|asked|ask|telling|make|get|asking him|her|them|my|the|his|everyone|people|kids|brother|mom to? ..2 "
     "stop|quit|end|cancel|remove|never|not|dont|unsubscribe|leave|lose",
     reported, "I told my brother to stop texting", "told you to stop"},
    {"guard.third_stops", guard,
     "he|she|they|trains|train|buses|bus|traffic|rain|who|it|we|hes|shes|theyre|weve|mayor|council|congress|city|"
     "county|president|governor|republicans|"
     "democrats|people will|would|should|must|can|did|has|have|needs|wants|to|just|finally|never? ..1 "
     "stop|stopped|stops|quit|quits|end|ended|ends|cancel|canceled|cancelled|remove|removed",
     reported, "she should quit the council", "you should stop"},
    {"guard.third_asks", guard,
     "if|when they|someone|people|voters|somebody|he|she|anyone ask|asks|asked|want|wants|say|says ..3 "
     "removed|off|stop|out|unsubscribe|quit",
     reported, "What do I say if they ask to be removed from the list?", "if you text again I want off"},
    {"guard.how_policy", guard,
     "how|what|when|will|would|does|did|can|could he|she|they|the|we|it|congress|@candidate|city|county|government ..3 "
     "stop|end|cancel|remove|quit ..2 @issue|the|it|raising|cutting|taxing|lying",
     "a question about policy or logistics", "how will she stop the closures", "how do I stop these messages"},
    {"guard.cancel_event", guard,
     "cancel|cancelled|canceled|canceling|remove|delete|drop|end|move|change|reschedule "
     "my|the|our|this|that|a|for|tonight|second? ..2 @event",
     "cancelling an RSVP, a shift or a donation", "cancel my shift on Friday", "cancel my subscription"},
    {"guard.remove_thing", guard,
     "remove|removed|delete|deleted|take|took|drop|scratch|pull|removing|taken the|a|that|his|her|their|it|down|my? "
     "..1 @sign|@place|@candidate|ad|ads|post|comment|photo|statue|picture|tree|trees|app|download",
     object, "remove the sign from my yard", "remove me from the list"},
    {"guard.other_texts", guard,
     "other|opponents|another|opposing|trump|biden|brother|ex|boss|their ..2 @contact|@message|campaign ..3 "
     "stop|unsubscribe|off|list|remove",
     reported, "the other campaign took me off their list", "another text and I sue"},
    {"guard.already_in", guard,
     "unsubscribed|removed|stopped|opted|stop|cancelled ..2 by|on accident|mistake|accidentally|error|purpose", wish,
     "I unsubscribed by accident", "stop by all means texting"},
    {"guard.text_instead", guard,
     "@dont|rather|instead|prefer|stop ..2 call|calling|email|mail|calls|knock|knocking , "
     "me|us|just|please|but|you|can? me|us|just|please|but|can? text|texting|texts",
     "another channel only", "don't call, text me", "don't text, call"},
    {"guard.text_drive", guard, "text|texting|texted and|while|amp drive|driving|drove", object, "don't text and drive",
     "stop texting"},
    {"guard.hate_for", guard, "hate|sad|shame|worried|afraid for|if|to|when ..2 to|would? quit|stop|stopped|end", wish,
     "I'd hate for you to quit", "I want you to stop"},
    {"guard.es_dont_stop", guard,
     "no|nunca me|nos|le|los|las|vayan|van? vayan|a? a? dejar|deje|dejes|dejen|pare|paren de? "
     "mandar|escribir|enviar|texto|luchar|avisarme|mandarme|escribirme|pelear|los|muchachos|nunca|avisar",
     "asks for the texts to go on, in Spanish", "no los vayan a dejar de mandar", "dejen de escribirme"},
    {"guard.why_silent", guard,
     "why|come|y u|you|ya|yall dont|no|never|didnt|not ..1 text|txt|call|reply|message|answer|write "
     "me|us|back|anymore|lately",
     wish, "how come u dont text me anymore", "why don't you text somebody else"},
    {"guard.others_say", guard,
     "lady|roommate|cousin|neighbor|everybody|folks|caller|voters ..3 "
     "reply|says|saying|told|said|asked|wrote|say ..4 stop|off|remove|unsubscribe|quit",
     reported, "my roommate always says take me off your list", "I told you to take me off"},
    {"guard.quit_other", guard,
     "unsubscribe|unsubscribed|opt|opted|opting|scratch|cancel|drop me|us|out? from|of ..2 "
     "@issue|@event|@place|plan|fascism|mail|dues|golf|insurance|patriarchy|program",
     object, "unsubscribe from fascism", "opt me out of these"},
    {"guard.take_back", guard,
     "reverse|undo|ignore|disregard|lift|unblock|unstop my|the|that|this|me ..2 "
     "stop|unsubscribe|optout|cancel|texts|on",
     wish, "could you reverse my unsubscribe", "undo this and take me off"},
    {"guard.not_wanted_off", guard,
     "dont|didnt|wouldnt|never|not|nobody|noone want|wanna|ask|asking|mean|need|request "
     "you|u|ya|yall|them|these|the|it|to? to|texts|messages|updates|be? to|be|get? "
     "off|out|stop|stopped|remove|removed|removal|taken|unsubscribed|unsubscribe|dropped|cut|end",
     wish, "I don't want to be taken off", "I don't want texts, take me off"},
    {"guard.dont_opt_out", guard, "@dont|not|didnt|never|wont opt|opting|opted me|us|myself? out", wish,
     "don't opt me out", "why not let me opt out"},
    {"guard.why_removed", guard,
     "why|how did|come|was|were|am you|u|ya|yall|i|we take|took|remove|removed|drop|dropped|unsubscribe|unsubscribed|"
     "off|cut|stop",
     wish, "why did you take me off the list", "why did you text me"},
    {"guard.not_then", guard,
     "@dont|stop text|texting|txt|message|call|write|contact me|us at|on|after|so|in "
     "work|night|nights|sunday|sundays|saturday|saturdays|shabbat|sabbath|weekend|weekends|weekdays|dinner|late|early|"
     "morning|mornings|class|school|church|mass|8pm|9pm|10pm|7pm|midnight|dark",
     wish, "don't text me after 9pm", "stop texting me on this phone"},
    {"guard.whether_to_stop", guard,
     "do|does|if|would|should i|replying|texting|we ..3 stop ..5 or|get|still|take|work|mean", reported,
     "if I reply stop do I still get the reminders", "do I have to tell you again, stop"},
    {"guard.old_number", guard,
     "old|landline|other|work|previous|home number|phone|line|off|cell|and ..1 and? use|instead|better this|it? ..2 "
     "instead|one|cell|number|phone|better|$",
     object, "take my landline off and use this cell", "my old number, please stop"},
    {"guard.not_that", guard, "not|isnt|aint|nothing that i|we ..1 @dont|not|never|want|mind", wish,
     "it's not that I don't want texts", "not that again, I don't want texts"},
    {"guard.automatic", guard,
     "text|reply|send|press|type stop|end|cancel|quit|1|2|3|4|9 to|2 end|stop|cancel|unsubscribe|opt|quit|leave|speak",
     "another sender's footer", "Reply STOP to end messages from us", "I reply stop, end this"},
    {"guard.away", guard,
     "person|number|customer|subscriber|party|i|im|phone you|not|has|set|is ..3 "
     "texting|called|calling|dialed|reach|receiving|notifications|disturb|silent ..5 "
     "on|off|notifications|unavailable|away|until|while|turned|message|disturb",
     "a phone's automatic answer", "The person you are texting has Do Not Disturb on",
     "you are texting me, not the person"},
    {"guard.vote_to", guard,
     "vote|voting|bill|law|plan|promise|pledge|fight|work|ban to|that ..2 stop|end|cancel|remove|block", object,
     "would he vote to stop spam texts", "I'll vote. Stop texting"},
    {"guard.wouldnt_leave", guard, "wouldnt|didnt|never leave|let me|us alone|be|off", reported,
     "his people wouldn't leave me alone", "leave me alone"},
    {"guard.says_i_should", guard,
     "says|said|thinks|told|tells|wants i|me should|to|oughta|ought ..1 "
     "tell|ask|block|stop|unsubscribe|reply|quit|lose",
     reported, "my roommate says I should tell you to lose my number", "I said stop, tell your boss"},
    {"guard.hope_to_hear", guard,
     "hope|hoping|forward|love|happy|glad|excited|eager|wait|waiting to? hear|hearing from|back", wish,
     "I hope to hear from you", "I hope never to hear from you"},
    {"guard.need_no_reminder", guard, "dont|not|no need|have|gotta to? remind|reminder|reminders|reminding", wish,
     "you don't need to remind me, I already voted", "I need no texts from you"},
    {"guard.did_not_arrive", guard,
     "did|have|didnt|havent not|never? get|got|receive|received the|your|that|any|a|my|last ..1 "
     "@message|picture|link|ballot|sign|call|email",
     object, "I did not get the last text, send it again", "I did not want the last text"},
    {"guard.has_one", guard,
     "have|got|put|has a|one|my|the ..1 @sign|sticker|shirt|button|ballot , dont|no need|want another|one|more|two",
     object, "I already have a sign, don't need another", "I have a phone, don't text it"},
    {"guard.es_dont_remove", guard,
     "no|nunca|ni me|nos|le quiten|quite|quites|saquen|saque|borren|borre|borres|den|eliminen|bajen|olviden",
     "asks for the texts to go on, in Spanish", "no me quiten de la lista", "quítenme de la lista"},
    {"guard.es_told", guard,
     "dijo|dijeron|dice|dicen|dije|pidio|grito|conteste ..4 ya|que|no|dejen|deje ..1 "
     "no|me|le|les|nos|manden|mande|escriban|escriba|llamen|llame",
     reported, "mi esposa les dijo que ya no le escriban", "ya les dije, no me escriban"},
    {"guard.not_asking", guard,
     "not|aint|never trying|asking|saying|wanting|looking|begging|telling ..2 to|you|for|be ..3 "
     "off|out|stop|unsubscribe|unsubscribed|remove|removed|quit",
     wish, "I'm not trying to get off the list", "I'm not asking, take me off"},
    {"guard.no_need_to_stop", guard,
     "no|not|dont need|reason|call|cause to ..1 remove|take|unsubscribe|stop|delete|drop", wish,
     "no need to take me off the list", "no need to text me"},
    {"guard.why_would_i", guard, "why would|should|wld i|we ..4 unsubscribe|unsubscribed|stop|off|out|opt|quit", wish,
     "why would I want to be unsubscribed?", "why should I have to ask, stop"},
    {"guard.hours", guard,
     "@dont text|txt|message|call|write|contact me|us during|while|whilst|before|between|past|when|til|till", wish,
     "please don't text me during church hours", "please don't text me again"},
    {"guard.remove_from_thing", guard,
     "remove|take|scratch|drop|cross|delete|pull|move me|us|him|her|my|our @family|@person? ..1 from|off|out "
     "the|that|your|ur carpool|roster|schedule|potluck|team|shift|bus|rsvp|signup|rota|lineup|program|committee",
     object, "remove my husband from the carpool", "remove my husband from the list"},
    {"guard.landline", guard, "remove|delete|drop|scratch|take|stop|quit|dont ..3 landline|landlines", object,
     "you can take the landline off, this cell is the one to use", "take my cell off"},
    {"guard.off_day", guard,
     "remove|take|scratch|drop|cross|delete|pull|move|cancel|count me|us|him|her|my|our ..1 from|off|out the? "
     "monday|mondays|tuesday|tuesdays|wednesday|wednesdays|thursday|thursdays|friday|fridays|saturday|saturdays|sunday|"
     "sundays|tonight|tonights|tomorrow|tomorrows|weekend|weekends|morning|evening|afternoon",
     object, "please remove me from Saturday's list, I can do Sunday", "take me off the list by Friday"},
    {"guard.asking_money", guard,
     "stop|quit|enough|dont|not asking|begging|ask|beg|hitting|bugging me|us|people|folks|everybody|everyone? ..1 "
     "for|up ..2 money|donations|donation|cash|dollars|bucks|contributions",
     object, "quit asking me for money and fix the road", "stop asking me, I have no money"},
    {"guard.cancel_stop", guard,
     "cancel|scratch|rescind|retract|void|reverse|undo my|the|that|this ..1 "
     "stop|unsubscribe|optout|opt|cancel|removal|cancellation|unsubscribing",
     wish, "cancel my opt out", "cancel my texts"},
    {"guard.un_stop", guard,
     "un|unstop|unremove|uncancel|undelete|unblock "
     "stop|remove|cancel|delete|block|unsubscribe|optout|quit|me|my|us|this|please|$",
     wish, "please un-remove me", "remove me"},
    {"guard.back_on", guard,
     "turn|switch|flip|put my|the|these|those|them|em|it|your ..1 back? on ..1 again|back|for|please|$", wish,
     "turn my texts on again", "turn off the texts"},
    {"guard.child_did_it", guard,
     "toddler|kid|baby|grandbaby|grandson|granddaughter|son|daughter|dog|cat|roommate|sister|brother|wife|husband ..6 "
     "sent|told|texted|hit|pressed|typed|pushed|unsubscribed|replied|answered ..4 stop|quit|unsubscribe|prank|accident",
     reported, "my toddler got my phone and sent u stop", "my kid is asleep, stop"},
    {"guard.still_want", guard,
     "still|definitely|actually want|like|love|wanna|need to? ..1 "
     "hear|get|receive|read|see|know|getting|receiving|hearing",
     wish, "I still want to hear from you", "I still get your texts"},
    {"guard.welcome_again", guard, "welcome|free|ok|okay to ..1 write|text|message|contact|call again|me|back|us", wish,
     "you're welcome to write again", "not free, stop writing"},
    {"guard.off_the", guard,
     "off the|his|her "
     "air|undecided|maybe|fence|ballot|bench|stage|team|committee|case|record|menu|table|streets|hook|council",
     object, "take him off the air", "take me off the list"},
    {"guard.leave_thing", guard,
     "leave|let the|that|those|our|my|his|her "
     "sign|signs|yard|dog|car|library|school|schools|park|wolves|teachers|trees|neighbors|books|kids|union alone",
     object, "leave my sign alone", "leave my phone alone"},
    {"guard.phone_off", guard,
     "turn|turning|turned|switch|switching|switched|power off|on my|the|your|ur|her|his|this? phone|cell|mobile|ringer",
     object, "turning off my phone now, going to bed", "get off my phone"},
    {"guard.off_their_list", guard, "off|from|out their|theirs list|lists|texts|database|rolls", reported,
     "I told the Whitcomb people to take me off their list", "take me off your list"},
    {"guard.asked_if", guard,
     "asked|asks|asking if id|i|wed|we|he|she|they ..3 removed|off|out|unsubscribe|unsubscribed|stop|stopped", reported,
     "she asked if I'd be removed from her list and I said no", "I asked to be removed"},
    {"guard.sending_people", guard,
     "stop|quit|dont|no|enough ..1 sending|send|having people|folks|volunteers|canvassers|kids|men|strangers|someone|"
     "somebody|anyone|anybody ..1 to|at|by|on my|our|the ..1 door|house|home|porch|place|street|apartment",
     "visits, not texts", "Quit sending people to my door", "quit sending this to my phone"},
    {"guard.cancel_paper", guard,
     "cancel|cancelled|canceled|canceling|void|replace my|the|our|her|his|a ..1 "
     "ballot|registration|appointment|order|donation|application|absentee",
     object, "Can I cancel my ballot that got lost", "cancel my texts"},
    {"guard.vi_not_told", guard, "khong|chua|dau|chang ..2 bao|noi|doi|yeu ..2 ngung|dung|thoi|huy|xoa",
     "a denial in Vietnamese", "Bác không có bảo ngừng nhắn", "không muốn nhận tin nhắn"},
    // ---- ... and what looks like a guard
    {"lift.if_dont_stop", lift,
     "if|unless|until|till|when @you|this|it|these|texts? dont|doesnt|wont|not|do stop|quit|cease|let|knock|end",
     "a condition of the request", "if u dont stop I'll report you", "dont stop"},
    {"lift.no_need_to_keep", lift,
     "dont|not|no|never need|have|want|wanna|like ..3 keep ..3 coming|please|informed|posted|$", "a refusal of more",
     "you don't need to keep texting", "keep texting"},
    {"lift.why_wont_you", lift, "why|when|how wont|dont|cant @you ..1 stop|quit|delete|remove|take|leave|drop",
     "a request, put as a question", "why won't you take me off", "you won't stop"},
    // ---- Asking for texts
    {"in.start", opt_in, "^ @courtesy? @start|@subscribe @courtesy? @courtesy? $", "carriers' words for coming back",
     "START please", "start with the potholes"},
    {"in.put_back", opt_in,
     "put|add|sign|resubscribe|subscribe|re|enroll|include|readd me|us|my ..2 back|up|to|on|again|for|please|list",
     "asks to be put on", "sign me back up", "sign the petition"},
    {"in.keep", opt_in,
     "keep|continue|start|resume|restart|want|like|love|yes ..2 "
     "texting|sending|me|getting|receiving|receive|get|messages|texts ..2 "
     "me|on|texts|messages|updates|list|posted|please|subscribed|$",
     "asks to stay on", "keep me on the list", "keep the change"},
    {"in.mistake", opt_in,
     "unsubscribe|unsubscribed|stop|stopped|optout|opted ..3 accident|mistake|accidentally|purpose|error|accidently",
     "lifts a mistaken STOP", "I unsubscribed by accident", "your mistake"},
    {"in.can_text", opt_in,
     "you|u|can|may|ok|okay|happy|welcome|free|please can|may|to|okay|ok ..1 text|message|contact|send me|us|updates",
     "consents to texts", "you can text me", "can you text him"},
    {"in.es", opt_in,
     "apunteme|apuntenme|inscribame|inscribanme|anoteme|agregueme|suscribame|ponganme|vuelvanme|incluyanme|reactivenme",
     spanish, "inscríbame", "inscribieron a mi hijo"},
    {"in.es_want", opt_in,
     "si|quiero|quisiera|siganme|sigan|deseo quiero|recibir|mandando|enviando|seguir|avisando|escribiendo ..2 "
     "recibir|mensajes|textos|recibiendo|avisos|los|noticias",
     spanish, "sí quiero recibir mensajes", "quiero recibir mi boleta"},
    // ---- Not the person addressed
    {"wrong.number", wrong_number, "wrong|incorrect|mistaken ..1 @number|@person|family|house|phone|guy|lady",
     "says so", "wrong number", "wrong address on the flyer"},
    {"wrong.not_me", wrong_number,
     "^ @courtesy? @courtesy? not|im|thats|this|my|i|name i|not|isnt|is|name|am? not? @person|me|him|her|@family",
     "not the person addressed", "not me", "this is him"},
    {"wrong.name", wrong_number, "my|the name is|isnt|not|aint not|isnt|$", "not the person addressed",
     "My name is not Gloria", "my name is Ann"},
    {"wrong.nobody", wrong_number,
     "no|nobody|noone|theres|isnt one|body|named|here|by|no|anyone named|by|that|called|here|goes|with ..2 "
     "name|here|lives|number|@number|$",
     "nobody of that name", "nobody by that name here", "no name tags"},
    {"wrong.phone_of", wrong_number,
     "this|number|phone|it is|belongs|isnt|was|isn a|my|to|not|no|his|her ..2 "
     "@child|@business|hers|his|longer|phone|number|cell",
     "the phone of somebody else", "this is my daughter's phone", "this is a child care issue"},
    {"wrong.died", wrong_number, "@family|@third|@person|is|has ..2 @death|longer with|away",
     "the person addressed died", "my husband passed away", "she died on that hill"},
    {"wrong.had_number", wrong_number,
     "had|new|got|changed|have|gotten ..2 number|phone ..4 years|months|new|his|her|now|weeks|year|for",
     "a reassigned number", "I've had this number for two years", "what's the new number"},
    {"wrong.es", wrong_number,
     "@wrong|equivocado|equivocada|equivocaron|equivoco|no ..2 numero|telefono|persona|soy|equivocado|vive|conozco|$",
     spanish, "número equivocado", "no sé el número"},
    // ---- Who are you, and help
    {"help.word", help, "^ @courtesy? help|info|ayuda|information|informacion me|please|pls? $",
     "carriers' words for help", "HELP", "help wanted"},
    {"help.who", help,
     "who|whos|whose is|are|r|dis|this|sent|am|tf|the|im? this|you|u|these|texting|messaging|number|it|ya|talking",
     "wants to know who is writing", "who is this", "who is running"},
    {"help.how_number", help,
     "how|where|who|why ..3 get|got|gave|have|find|found|obtain|buy|bought|getting ..3 "
     "number|info|this|name|text|texts|these|message|messages|phone",
     "wants to know the source", "how did you get my number", "where do I get a sign"},
    {"help.what", help,
     "what|whats is|are|s this|these|campaign|organization|company|group|number ..2 about|for|from|this|$",
     "wants to know what it is", "what is this about", "what is her plan"},
    {"help.broken", help,
     "link|page|site|website|button|form|app ..4 "
     "work|working|broken|error|load|loads|open|spins|invalid|down|funciona|abre|carga",
     "needs technical support", "the link doesn't work", "work on the site plan"},
    {"help.es", help,
     "quien|quienes|como|donde|de es|son|habla|consiguio|consiguieron|sacaron|obtuvieron|tienen|quien|manda|donde ..2 "
     "usted|ustedes|esto|mi|este|habla|numero|$",
     spanish, "¿quién es usted?", "quién es el candidato"},
    // ---- Insults and threats
    {"abuse.you_insult", abuse, "you|u|ur|youre|your|yall|bunch|go|eres|son|son ..3 @insult",
     "insult to whom it reaches", "you are all crooks", "he raised taxes"},
    {"abuse.fuck_you", abuse,
     "@profanity|go|eat|kiss|suck|blow|bite|lick|rot|burn you|u|off|yourself|my|me|in|shit|ass|hell|your",
     "insult or harassment", "fuck you", "fund our schools"},
    // ---- Machines
    {"auto.driving", normal,
     "driving|away|meeting|office|notifications|unavailable|vacation ..6 "
     "will|reply|return|respond|get|auto|silenced|see",
     "a phone's automatic answer", "I'm driving and will reply later", "driving to the polls"},
    {"auto.cant_talk", normal, "sorry ..1 cant|cannot|missed|busy|unable ..1 talk|your|call|answer",
     "a phone's automatic answer", "Sorry, I can't talk right now.", "sorry I cannot vote"},
};

}  // namespace

std::span<const Rule> guard_and_label_rules() { return table; }

}  // namespace whistlestop::optout::classify
