#include "services/optout/classify/rule_table.hpp"

namespace whistlestop::optout::classify {
namespace {

using enum Effect;

constexpr std::string_view any_means = "47 CFR 64.1200(a)(10): any reasonable means";
constexpr std::string_view spanish = "the same request in Spanish";
constexpr std::string_view sued = "wording that suits of 2025 rest on";

// Rarer ways to ask in English: short ones, asides, threats, wishes.
constexpr Rule table[] = {
    {"remove.sentence", optout, "^ @courtesy? remove|delete|unsubscribe|unsub|exit @courtesy? @courtesy? $", any_means,
     "This goes to our whole staff. Remove.", "remove the sign"},
    {"dont.text_end", optout,
     "dont|dnt|never|not text|message|msg|txt|contact|write|disturb it|this|here|us|$ @courtesy|@again|$ $", any_means,
     "unless you're fixing my street don't text", "don't text and drive"},
    {"dont.call_or_text", optout, "dont|not|never call|email|text|phone or|and|nor text|call|email|message|write",
     any_means, "Don't call or text", "call or text me"},
    {"stop.insult", optout, "^ @courtesy? @stop|enough ..1 you|u ..2 @insult", any_means, "Stop you morons",
     "stop the morons in congress"},
    {"stop.nonsense", optout,
     "^ @courtesy? @courtesy? @stop|cut this|that|the|it "
     "madness|nonsense|crap|shit|harassment|spam|bs|garbage|bullshit|"
     "mess|stuff|bull|noise|off|out out|off|already? @courtesy? $",
     any_means, "Cut this shit out", "stop this nonsense in congress"},
    {"can.you_stop", optout,
     "can|could|will|would|why you|u|ya|yall|wont guys|all|people|please|just|like|you? please|just|ever? "
     "stop|quit|not @courtesy|it|$",
     any_means, "Can you guys stop?", "can you stop by"},
    {"you.can_stop", optout,
     "you|u|yall can|may|should|could|must|need to|just|now|please? stop|quit|finish "
     "now|@courtesy|reminding|asking|telling|selling|it|$",
     any_means, "We're voting. You can stop reminding us", "you should stop by"},
    {"off.list_bare", optout, "off|outta list|lists @courtesy|$", any_means, "off list pls", "off the record"},
    {"get.off_phone", optout,
     "get|stay|keep ..1 off|out|outta of? my|our|muh phone|line|inbox|dms|messages|cell|notifications|texts", any_means,
     "get off my phone", "get off my lawn"},
    {"keep.getting", optout,
     "cant|cannot|dont|not|no ..1 keep|be|have|want|stand getting|receiving|having "
     "these|this|them|texts|messages|your|it",
     any_means, "I can't keep getting these at work", "I can't keep going"},
    {"not.interested", optout,
     "not|no|zero|0 interest|interested "
     "remove|stop|delete|quit|unsubscribe|bye|text|texts|take|dont|lose|do|leave|goodbye|never",
     any_means, "not interested, remove", "not interested in the other guy"},
    {"remove.bare", optout, "remove|delete|erase|unsubscribe number|name|phone|contact|info off|out|from|@courtesy|$",
     any_means, "pls remove number", "contact info on the flyer"},
    {"who.said", optout, "who|nobody|noone said|told|gave|asked ..1 you|u|yall ..2 text|texting|contact|message", sued,
     "Who said you could text me", "who told you that"},
    {"nothing.more", optout,
     "nothing|anything more|further|else ..4 number|phone|me|here|line|cell from|to|again|please|thanks|$", any_means,
     "Please see that nothing more arrives at this number", "nothing more to say"},
    {"no.text_list", optout, "no call|text|contact|calls|texts list|registry", any_means, "Put me on the no text list",
     "no list of candidates"},
    {"struck.from", optout,
     "struck|removed|dropped|deleted|withdrawn|scrubbed|erased|omitted|excluded from|off ..2 "
     "register|list|lists|circulation|records|campaign|texts|database|program|mailings",
     any_means, "I should like to be struck from the register.", "struck out in the ninth"},
    {"removal.asked", optout, "request|requesting|want|demand|asking|ask|require for|a|my? removal|deletion", any_means,
     "Requesting removal from your text program", "tree removal costs"},
    {"told.stop", optout, "i|we|already|ya told|said|sed|say|asked|dije ..2 stop|quit|unsubscribe|alto|cancel $",
     any_means, "i sed stop", "she said we cannot stop"},
    {"forget.me", optout, "^ @courtesy? @courtesy? forget|ignore|lose ..2 exist|exists|number|me $", any_means,
     "Please forget I exist", "forget the past"},
    {"take.hint", optout, "take|get a|the hint", any_means, "take a hint", "get a sign"},
    {"pass.on_texts", optout,
     "hard|gonna|ill|going|to pass ..1 on|for ..1 texts|text|messages|these|this|updates|@message", any_means,
     "Hard pass on the texts", "pass on the street"},
    {"texts.unwelcome", optout,
     "texts|texting|messages|interruptions|these are|is? not|arent|never|isnt|unwelcome|unwanted "
     "ok|okay|welcome|wanted|allowed|acceptable|appreciated|necessary|$",
     any_means, "Emails are fine, texts are not", "texts are ok"},
    {"texts.must_end", optout,
     "@message|texts|these has|have|must|need|needs|should|got to|got? to? end|stop|cease|conclude|finish "
     "now|@courtesy|$",
     any_means, "These messages have got to end", "these lines have to end somewhere"},
    {"message.finish", optout, "how ..3 message|messages|texts|sms ..2 finish|stop|end|finished $",
     "the request of somebody who learns English", "how to make this message to finish", "how does the message sound"},
    {"get.rid", optout, "get|got rid of it|this|my|me number|name|info|phone|$", any_means,
     "I don't know how you got this but get rid of it", "get rid of the toll"},
    {"dont.include", optout,
     "dont|not|never|nor|stop|no|without include|including|add|adding|count|involve|involving me|us|my|this", any_means,
     "please don't include me", "don't include taxes"},
    {"number.verbs", optout,
     "uninstall|unlink|deactivate|disconnect|burn|shred|toss|unhook|nix|yank|zap|axe|omit|misplace my|this|our|me "
     "number|phone|name|info|contact|digits|from|off|out|data|cell|$",
     any_means, "uninstall my number", "burn this bill"},
    {"refrain", optout,
     "refrain|abstain|desist|discontinue ..1 from|with? ..1 "
     "contacting|using|sending|messaging|texting|all|further|soliciting|contact|writing",
     sued, "Kindly refrain from using my personal cell", "please refrain from smoking"},
    {"text.once_more", optout,
     "@contact me|us|this|here ..2 one|another|again|once ..1 more|time|and ..1 time|and ..3 "
     "see|find|sue|block|regret|police|@legal|@report|happens",
     any_means, "text me one more time and see what happens", "text me one more time when you get here"},
    {"no.texts_here", optout,
     "no|zero political|campaign|unsolicited|partisan|more|any texts|texting|messages|text|solicitation|spam|sms "
     "here|please|at|on|to|anymore|ever|again|@courtesy|$",
     any_means, "Customers need this line. Please no political texting here", "no campaign ever calls me back"},
    {"goodbye.texts", optout, "say|saying goodbye|bye|farewell to ..2 @message|these|this|list", any_means,
     "it's time to say goodbye to the texts", "say goodbye to your mom"},
    {"make.me_block", optout, "dont|not make me|us block|report|sue|call|change|file", any_means,
     "Don't make me block you", "don't make me laugh"},
    {"need.no_texts", optout,
     "dont|not|no|never ..1 need|require|want|care to|a|the|any|no|for? more|for|of|to? of? them|these|those|the|your? "
     "reminder|reminders|survey|surveys|texts|text|message|messages|remind|updates",
     any_means, "Don't need any more of them texts", "I don't need a ride"},
    {"hear.from", optout,
     "dont|not|never|no|nobody|stop ..4 hear|hearing from ..1 you|u|yall|your|campaign|anyone|any|politicians|again",
     any_means, "see to it that I don't hear from the campaign again", "I hope to hear from you"},
    {"leave.off", optout, "leave|keep|left|leaving|keeping my|this|me|us|our|it number|name|phone|cell|line? off|out",
     any_means, "Whoever schedules these, please leave my number off", "leave my number with her"},
    {"third.no_texts", optout,
     "stop|quit|dont sending|send|writing|texting|messaging them|it|these|anything|any to @number|her|him|my|this|the "
     "@number|phone|cell|$",
     any_means, "Please stop sending them to her phone", "stop sending him to congress"},
    {"off.alone", optout, "^ @courtesy? @courtesy? off please|now|@courtesy|$ $", any_means,
     "I support her. Off please", "off to work"},
    // ---- Threats and conditions, cut short
    {"one.more_and", optout,
     "one|next|another|single|1 more|text|message|ping|word|one|ding|buzz ..2 and i|im|ill|ima|imma", any_means,
     "one more and I vote for the other guy", "one more hour and the shift is over"},
    {"tcpa.word", optout, "tcpa", "Telephone Consumer Protection Act", "TCPA is $500 a text", "the TPP is dead"},
    {"not.another", optout, "not another|one|1|single one|text|word|message|more|peep|ping ..1 $|from|please|about|to",
     any_means, "not another one", "not another tax hike"},
    // ---- Off, out and away
    {"get.it_off", optout,
     "get|take|getting|taken|pull ..3 off|out of|from ..1 this|it|your|all|here|everything|that|thing|ur", any_means,
     "how do I get off of this", "get the lead out of our water"},
    {"make.go_away", optout,
     "make|making|get this|it|these|them|em|that|the|yall ..1 go|quit|end|stop|disappear|cease|buzzing "
     "away|$|please|now",
     any_means, "make these go away", "make the bus go to Elm"},
    {"cross.me", optout,
     "cross|crossing|count|counting|strike|striking|pass|passing|close|closing|leave|leaving|excuse|excusing|spare|"
     "scratching|removing|dropping me|my|us|our ..1 out|over|off|file|account|from|$|future",
     any_means, "would you object to crossing me out", "leave me a sign on the porch"},
    {"remove.from_texts", optout,
     "remove|delete|drop|take|pull|strike ..4 from|off|of ..2 "
     "texts|texting|messages|mailing|mailings|blast|blasts|list",
     any_means, "remove Darlene Pruitt from texts", "remove the tax from groceries"},
    {"forget.numbers", optout,
     "forget|delete|erase|purge|toss|trash|lose both|these|all|them|every|those numbers|number|digits", any_means,
     "dual sim, forget both numbers", "delete all taxes"},
    {"ghost.me", optout, "ghost|unfriend|unfollow|mute|evict me|us|my|this ..1 $|please|from|pls|off|number", any_means,
     "ghost me", "the ghost of the mall"},
    {"lay.off", optout, "lay|eff|back|bug|piss|buzz|shove off ..3 $|of|with|now|please|this|me|my", any_means,
     "kindly lay off an old sailor", "they will lay off the teachers"},
    // ---- What the phone is for
    {"number.unused", optout, "@dont|stop|quit|not|never use|using|usin|used|ring|ringing this|my|that|our ..1 @number",
     any_means, "just don't use this number anymore", "use this number anytime"},
    {"not.this_number", optout,
     "not|no|none|never|nomore ..2 on|to|at|this|over|here ..1 this|my|the|here|her|his ..1 @number ..1 "
     "$|@again|please|thanks",
     any_means, "keep mailing me, just not to this number", "not on my phone right now"},
    {"not.for_you", optout, "phone|line|cell|number|inbox|device ..3 for ..6 not for|you|yall|this|politics|campaigns",
     any_means, "my phone is for work and my kids, not for you", "this phone is for my mom, not me"},
    {"no.soliciting", optout,
     "no|not|against|doesnt|dont|non ..2 soliciting|solicitors|solicitation|solicitations|solicit|solicited", any_means,
     "we are a no soliciting household", "did you solicit bids for the bridge"},
    {"off.limits", optout,
     "phone|line|number|cell|inbox|texts|texting ..3 limits|private|personal|closed ..2 $|to|for|from", any_means,
     "the phone is off limits", "the line closed early"},
    {"phone.back", optout,
     "@want|like|give|have ..2 my|our ..1 phone|line|inbox|evenings|peace|quiet ..3 back|itself|alone", any_means,
     "I would like my phone back", "call my phone back"},
    // ---- Wishes
    {"mind.stopping", optout,
     "mind|please|kindly|courtesy|object|favor|appreciate|grateful|like ..3 "
     "stopping|ceasing|quitting|desisting|discontinuing|refraining|unsubscribing",
     any_means, "would you mind stopping?", "mind the gap"},
    {"send.none", optout,
     "@dont send|sending|want|need|text ..1 nothing|nothin|em|these|those|any|others|them ..3 "
     "$|now|please|@again|to|here|not|from",
     any_means, "don't send any others", "don't send him the bill"},
    {"want.contacted", optout,
     "@dont|not|never ..1 want|wanna|need|like|wish|care|be ..2 contacted|texted|messaged|texts|bothered|pinged",
     any_means, "I don't want contacted any way", "he wants to be contacted"},
    {"goodbye.for_good", optout,
     "goodbye|bye|farewell|adios|peace|hush|quiet|silence ..3 forever|texts|good|permanently|messages", any_means,
     "this is my goodbye to the texts", "goodbye to the old bridge"},
    {"hear.no_more", optout,
     "never|not|nor|dont|no|rather|heard ..5 hear|hearing|see|seeing|read|reading|receive|hearin ..2 "
     "from ..2 you|yall|this|your|campaign|them",
     any_means, "hard pass on ever hearin from yall, not hearing from you again", "I hear from you daily"},
    {"device.reply", optout,
     "siri|google|alexa|bixby|cortana|carplay reply|text|send|say|tell|answer|respond|message ..5 "
     "stop|unsubscribe|quit|remove|off|out",
     any_means, "hey siri reply stop to that", "siri says the polls close at 8"},
    {"es.no_phone", optout,
     "cel|celular|telefono|numero|textos|mensajes ya|aqui no|nomas|nunca $|por|porfa|favor|gracias|mas", spanish,
     "con el correo me basta, al cel ya no", "mi celular aquí no agarra señal"},
    {"es.withdraw", optout, "retiro|revoco|anulo|cancelo|quito mi|el|todo ..1 consentimiento|permiso|autorizacion",
     spanish, "retiro mi consentimiento", "retiro mi voto"},
};

}  // namespace

std::span<const Rule> english_ways() { return table; }

}  // namespace whistlestop::optout::classify
