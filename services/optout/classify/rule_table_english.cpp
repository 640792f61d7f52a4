#include "services/optout/classify/rule_table.hpp"

namespace whistlestop::optout::classify {
namespace {

using enum Effect;

constexpr std::string_view any_means = "47 CFR 64.1200(a)(10): any reasonable means";
constexpr std::string_view ctia = "CTIA Messaging Principles: requests in normal language";
constexpr std::string_view sued = "wording that suits of 2025 rest on";
constexpr std::string_view wish = "asks for the texts to go on";
constexpr std::string_view reported = "reports what others say or do";

// Asking for no more texts, in English.
constexpr Rule table[] = {
    // ---- Asking for no more texts
    {"stop.contact", optout, "@stop ..2 @contact|@message ..1 @me|@number|it|please|this|here|$", ctia,
     "stop texting me", "stop texting while driving"},
    {"stop.contact_end", optout,
     "@stop @me? @you? the|these|those|all|with|your|all|sending|this? @contact|@message|@spam @courtesy? $", ctia,
     "can you stop the texts please", "will he stop the spam bill"},
    {"stop.contact_clause", optout,
     "@stop @me? @you? the|these|those|all|with|your|sending|this? @contact|@message|@spam "
     "though|now|already|@courtesy? ,$",
     ctia, "please stop the messages, I get them at work", "stop the texting drivers, officer"},
    {"stop.sending", optout, "@stop|keep|continue sending|send|sends ..2 @me|@message|these|this|stuff|crap|@spam",
     ctia, "quit sending this stuff", "stop sending jobs overseas"},
    {"stop.bothering", optout,
     "@stop ..1 bothering|harassing|pestering|bugging|annoying|spamming|blowing|hitting|messaging ..2 @me|up|my",
     any_means, "quit bothering us", "they keep stopping traffic"},
    {"keyword.alone_in_sentence", optout, "^ @courtesy? @courtesy? @keyword @courtesy? @courtesy? $",
     "a carrier's word as a sentence of its own", "Stop. I never signed up", "we cannot stop now"},
    {"keyword.command", optout, "^ @courtesy? please|pls|plz|just|now @keyword $", any_means, "just stop",
     "the trains just stop"},
    {"keyword.last", optout,
     "please|pls|plz|thanks|already|i|say|said|saying|replied|texted|typed|sent @keyword @courtesy? @courtesy? $",
     any_means, "how many times do I have to say stop", "they never say stop there"},
    {"stop.now", optout,
     "can|could|would|will|need|want|you you|u|to|can ..1 stop now|please|already|today|immediately $", any_means,
     "you can stop now", "can the bus stop here"},
    {"remove.tail", optout,
     "remove|delete|unsubscribe|erase|cancel please|pls|plz|thanks|thx|now|immediately|asap @courtesy? $", any_means,
     "I don't vote here anymore, remove pls", "who will they remove now"},
    {"reply.stop", optout,
     "reply|text|send|type|typing|texting|replying|replied|typed|sent stop|unsubscribe|end|quit @courtesy? $",
     any_means, "Reply STOP", "he typed the end of it"},
    {"opt.out", optout, "opt|opting|opted|opts me|us|my? ..1 out", "FCC's seven words", "please opt me out",
     "opt my kids out of testing"},
    {"want.out", optout,
     "@want|let me|us|be|to|get|getting? ..1 out|off of|from? the|this|your|these|that|out|now "
     "@list|@message|thing|mess|out|$",
     any_means, "I want off this list", "I want out of this war"},
    {"unsubscribe.any", optout, "@unsubscribe|unsubscribe|unsub @me|from|this|my|please|@list|@number",
     "FCC's seven words", "unsubscribe me from everything", "I never unsubscribe"},
    {"how.unsubscribe", optout,
     "how|where|trying|want|wanna|like|need|please|asked|requested ..4 unsubscribe|unsub|optout", any_means,
     "how do I unsubscribe", "how do I subscribe"},
    {"how.get_off", optout,
     "how|where|way|help|want|need|please|can|could|let ..4 get|be|getting|taken|come "
     "off|removed|deleted|out|unsubscribed of|from|this|your|the|these|here|@list|$",
     any_means, "how do I get off this thing", "where do I get off the bus"},
    {"make.stop", optout,
     "make|making|get|getting this|these|it|them|yall|the ..1 stop|end|quit please|now|texting|already|@courtesy|$",
     any_means, "how do I make these stop", "make the bus stop here"},
    {"remove.me", optout,
     "remove|delete|erase|unlist|drop|scratch|strike|purge|scrub|exclude|eliminate|withdraw|cancel|quitar|rmv "
     "me|us|him|her|my|this|our ..2 @off|@list|@number|@courtesy|$",
     ctia, "remove me", "remove the sign"},
    {"remove.name", optout,
     "@remove ..1 me|us|my|our|this|the ..2 @number|name|info|information|contact|phone|cell|@list", ctia,
     "delete my number", "delete the phone ad"},
    {"take.off", optout,
     "take|get|taken|took|pull|leave|keep|want|bump|knock|kick|tak me|us|my|this|him|her|name|number|that ..2 "
     "off|out|outta of|@you|this|the|from|here|there|@list|@courtesy|$",
     ctia, "take me off your list", "take my seat, get off at Maple"},
    {"off.list", optout,
     "off|from|out of? your|the|this|that|ur|all|any|whatever|every ..2 "
     "list|lists|database|records|roster|contacts",
     any_means, "get me off your list", "off the record"},
    {"be.removed", optout,
     "@want|be|get|please|request|asked|am ..3 removed|deleted|excluded|unsubscribed|dropped|purged ..3 "
     "from|off|please|$",
     any_means, "I would like to be removed", "the mayor should be removed by voters"},
    {"lose.number", optout,
     "lose|forget|delete|trash|ditch|erase|scratch|toss|burn|wipe|discard my|this|our|the|that ..1 "
     "@number|info|contact|existence",
     any_means, "lose my number", "I lost my phone at the rally"},
    {"dont.contact", optout,
     "dont|never|not|dnt ever|not|you|be? ..1 @contact me|us|my|this|here|@number|anything|nothing|any ..2 "
     "@again|@message|please|thanks|thank|at|via|with|nomore|until|ever|$",
     ctia, "do not text me", "don't text and drive"},
    {"do.not.contact", optout,
     "do|please|kindly|you not|never ..2 contact|text|message|call|disturb|send|write|communicate|txt "
     "me|us|here|this|my|with|again|anything|any|it|@courtesy|$",
     sued, "please do not contact us", "do I contact him"},
    {"dont.want", optout,
     "dont|not|never|no|hate|tired|sick|nor ..1 want|wish|care|need|like|desire|interested|wanna "
     "to|be|any|your|these|more|from|getting|receiving|in? ..2 @message|contacted|texted|messaged|@spam|from|these ..1 "
     "you|this|anymore|@again|from|texts|messages|please|people|thanks|$",
     sued, "I don't want your texts", "I don't want a stadium"},
    {"not.be.contacted", optout,
     "not|never|dont ..3 be|to|being contacted|texted|messaged|called|bothered|disturbed|contact|text|receive", sued,
     "I do not wish to be contacted", "we were not contacted"},
    {"no.more", optout,
     "no|@never_more more|further|additional|with @you? these|those|your|of|political? "
     "@message|@contact|of|these|please|$",
     any_means, "no more texts", "no more potholes"},
    {"no.messages", optout,
     "^ please|pls|plz|hi|hey|sorry|thanks? no|zero political|more|campaign|unsolicited|spam|election|text? "
     "texts|messages|texting|msgs|msg|txts|txt|sms|calls|spam|solicitations|mensajes|contact|solicitation|text "
     "@courtesy? "
     "@courtesy? $",
     any_means, "no political texts please", "no text arrived"},
    {"enough.texts", optout,
     "enough|sick|tired|done|fed|over|harto|harta of|with|up|getting|all|and|receiving ..3 "
     "@message|these|texting|texted|@spam",
     any_means, "enough with the texts", "enough signatures"},
    {"leave.alone", optout,
     "leave|let me|us|my|her|him|this family|phone|mother|mom? alone|be|tf|the|out|off "
     "alone|hell|fuck|f|of|please|now|@courtesy|$",
     any_means, "leave me alone", "leave the sign alone"},
    {"go.away", optout,
     "^ @courtesy? @you? go|piss|fuck|buzz|back|bug|bugger|sod|eff|get|f away|off|lost @courtesy? @courtesy? $",
     "hostile dismissal: Movement Labs, Postscript opt these out", "go away", "get it"},
    {"lawsuit.if_again", optout,
     "@contact|@message ..3 again|more|further|another|continue|future ..6 @legal|@report|harassment", any_means,
     "text me again and I will sue", "any news about the lawsuit?"},
    {"cease.desist", optout, "cease and|amp? desist", sued, "cease and desist", "the city ceased work"},
    {"consent.revoked", optout,
     "revoke|rescind|withdraw|withdrawn|revoked|revoking|rescinded ..4 consent|permission|authorization|this|my",
     "FCC's seven words", "I revoke my consent", "revoke his license"},
    {"no.consent", optout,
     "not|dont|no|never|without ..3 consent|permission|authorization|authorize|authorized ..3 "
     "text|contact|message|use|send|this|these|call|@message|$",
     sued, "you do not have permission to text me", "is there a consent decree for the police?"},
    {"dnc.list", optout, "@number|on|im|i|the|me|add ..3 do not call|contact|text", any_means,
     "put me on the do not call list", "do not call him a liar"},
    {"exclude.me", optout,
     "count|leave|cross|scratch|keep|skip|omit|exclude|spare|unadd|unfriend me|us|my ..2 "
     "out|off|from|of|these|the|please|$",
     any_means, "count me out of these", "leave me a sign"},
    {"quit.contact", optout, "@quit_like ..3 @message|texts|texting|@list|subscription|notifications", any_means,
     "cancel these texts", "cancel my order"},
    {"stop.clause", optout,
     "^ @courtesy? @profanity|@courtesy|nvm|again|lol|omg? just|please|pls|so|and? stop|quit|unsubscribe "
     "it|this|that|already|now|@courtesy? $",
     any_means, "wtf stop it", "stop the bus"},
    {"stop.tail", optout,
     "and|off|mind|up|so|but|or|just|please|pls|it|me|out|to|should|you|u|dont|wont stop|unsubscribe|quit "
     "it|this|them|these|already|now|please|pls|lol? $",
     any_means, "I changed my mind, please stop", "where does the bus stop"},
    {"stop.these", optout, "@stop|@quit_like|@off these|those|this|them|it|the messages|texts|mess|stuff|@courtesy? $",
     any_means, "how do I stop these messages", "stop these tariffs"},
    {"knock.it_off", optout,
     "knock|cut|give|drop|chill|ease|lay|back it|this|that|w|with|off|up off|out|rest|the|a|texts|$", any_means,
     "knock it off", "cut it up"},
    {"how.stop", optout,
     "how|where|whats|way|what ..4 stop|end|turn|cancel|disable|block|finish|leave|shut|unsubscribe ..2 "
     "these|this|texts|messages|off|it|them|getting|message|list",
     any_means, "is there a way to stop these", "how will he stop the war"},
    {"already.asked", optout,
     "i|ive|have|been|we|already ..2 unsubscribed|texted|replied|said|asked|opted|typed|told ..2 "
     "stop|twice|times|unsubscribe|out|removed|quit|remove|off|leave ..2 "
     "twice|times|already|again|yesterday|before|week|removed|monday|texting|me|alone|@courtesy|$",
     any_means, "I've unsubscribed twice already", "I asked my boss"},
    {"not.want_these", optout,
     "dont|not|never|no|nor|hate|tired|wanna ..2 want|wanna|need|like|get|receive|see|read ..2 "
     "these|this|things|another|them|those|number|texts|message|messages|text "
     "anymore|again|more|ever|on|from|you|here|$ ..2 @again|please|phone|$",
     sued, "Not trying to be rude but I don't want these", "I don't want this guy to win it all"},
    {"last.one", optout,
     "last|final|single ..1 one|text|message|warning|notice|time|these ..3 "
     "i|you|please|from|receive|get|ever|of|again|$",
     any_means, "let this be the last one I receive", "another one bites"},
    {"never.again", optout,
     "never|ever|not|rather ..2 see|hear|get|want|read|text|contact ..4 again|another|you|number|campaign|from",
     any_means, "I never want to see this number again", "never again will I skip voting"},
    {"never.signed", optout,
     "never|didnt|dont|not|nobody|who|whoever|without|hereby|did ..2 "
     "sign|signed|subscribe|subscribed|subscribing|opt|opted|ask|asked|request|requested|agree|agreed|give|gave|recall|"
     "remember ..3 this|these|up|for|texts|number|me|permission|consent|subscribing|in",
     "47 CFR 64.1200(a)(1): no consent was given", "I never signed up for this", "I didn't sign the petition"},
    {"legal.notice", optout,
     "consider|notice|formal|written|hereby|revocation|withdrawn|removal|request ..5 "
     "revocation|withdrawn|removal|stop|notice|request|consent|cease|remove|removed|optout|revoke",
     sued, "please consider this written notice of revocation", "notice of the meeting"},
    {"legal.next", optout,
     "@legal|sue|report|block|blocked|police ..7 another|again|if|next|more|continue|continues|unless|these|this",
     any_means, "my attorney will be in touch if I get another", "does the law stop here"},
    {"legal.next_first", optout,
     "next|another|one|further|continued|any|if|more|again|registry ..7 "
     "lawyer|attorney|sue|legal|fcc|harassment|lawsuit|reported|report|blocked|block|police|court|violation|complaint",
     any_means, "next text goes to my lawyer", "any legal questions"},
    {"reported.spam", optout,
     "reported|reporting|forwarded|forwarding|blocked|blocking|flagged|marked|sent ..4 "
     "spam|junk|fcc|7726|carrier|reported|harassment|blocked|ftc",
     any_means, "blocked and reported", "they reported on the news"},
    {"harassment", optout,
     "^ @courtesy? this|its|thats|you|these|stop? ..1 is|are? ..1 "
     "harassment|unsolicited|unwanted|unwelcome|spam|harassing|stalking messages|message|texts|text|$",
     any_means, "this is harassment", "spam is on sale"},
    {"not.accept", optout,
     "not|dont|doesnt|no|wont|cant|nor ..2 "
     "accept|use|share|allow|take|consent|participate|agree|permission|authorize|contact|get|wish ..5 "
     "message|messages|texts|texting|number|solicitation|text|used|use|contact|contacted|communicate",
     any_means, "we don't accept political messages at this number", "we don't take cash"},
    {"waste.time", optout, "dont|stop|quit|no waste|wasting ..4 texts|texting|sending|me|text|time", any_means,
     "don't waste your time texting me", "don't waste our money"},
    {"included.no", optout,
     "no|not|left|exclude|excluded|leave|omit|spare longer|out|me|us|from|be|of ..2 "
     "included|from|of|on|future|any|these|the|any ..2 "
     "mailings|correspondence|communications|texts|messages|list|lists|future|outreach|@message",
     any_means, "I'd prefer to be left out of future correspondence", "not included in the price"},
    {"bother.else", optout,
     "bother|text|harass|try|find|pester|save somebody|someone|another|other|your else|person|people|texts", any_means,
     "go bother someone else", "text someone a joke"},
    {"take.it_off", optout, "take|pull|remove|delete|wipe|erase|undo it|that|this ..1 off|out|from|$", any_means,
     "Business line. Take it off", "take the soup off the stove"},
    {"private.number", optout,
     "private|personal|business|emergency|pager|unlisted ..1 number|phone|line|cell|you|and|this ..6 "
     "not|dont|cannot|cant|no|stop|remove|never",
     any_means, "my number is private, you cannot use it", "private phone repair"},
    {"times.stop", optout,
     "how|why|what|it|says|when many|wont|part|dont|says|reply|cant ..7 stop|unsubscribe|removed|end", any_means,
     "how many times do I have to say stop", "how many stop signs"},
    {"negated.text", optout, "no|not|zero|minus texts|texting $", any_means, "emails are fine, just not texts",
     "the law text is online"},
};

}  // namespace

std::span<const Rule> english_rules() { return table; }

}  // namespace whistlestop::optout::classify
