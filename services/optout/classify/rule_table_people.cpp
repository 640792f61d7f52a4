#include "services/optout/classify/rule_table.hpp"

namespace whistlestop::optout::classify {
namespace {

using enum Effect;

constexpr std::string_view any_means = "47 CFR 64.1200(a)(10): any reasonable means";
constexpr std::string_view spanish = "the same request in Spanish";

// How people put it who say neither "stop texting" nor "remove me": read from what several writers wrote.
constexpr Rule table[] = {
    // ---- A carrier's word and something behind it
    {"keyword.clause", optout, "^ @courtesy? @courtesy? stop|unsubscribe|quit|stopall|optout|end ,$", any_means,
     "stop, I moved", "the bus stops, I get off"},
    {"keyword.please", optout,
     "^ @courtesy? stop|unsubscribe|end|quit|cancel|optout please|pls|plz|plse|plis|por|gracias|thanks|thx|porfa",
     any_means, "end pls n thank u", "please end the war"},
    {"keyword.third_word", optout, "^ ..2 stop|unsubscribe|unsub $", any_means, "lowkey stop",
     "where does the bus stop"},
    {"stop.slip_of_a_word", optout, "^ @courtesy? atop @courtesy? $", any_means, "Atop", "the flag atop the roof"},
    {"opt.out_slip", optout,
     "^ @courtesy? opt|otp|opy|oprt|optt "
     "oit|oyt|ot|our|ouy|oug|ouf|otu|uot|iut|put|lut|aut|out|ount|ou|outt $",
     any_means, "Opt oit", "opt out of school lunch"},
    {"stop.with_these", optout,
     "@stop with|w the|this|these|your|all|that ..2 stuff|texts|messages|crap|bs|mess|already|$", any_means,
     "I live in Oregon now!! stop with the school board stuff", "stop with me at the gas station"},
    // ---- Off, out, away
    {"off.phone", optout,
     "off|outta|out of? my|ma|muh|our|mi "
     "phone|line|inbox|screen|texts|dms|cellular|messages|cell|mentions|notifications",
     any_means, "put info by mail, off my phone", "off my porch"},
    {"want.off", optout, "want|like|love|need|wants|wanna|prefer|lemme off of|here|this|please|$|and|now", any_means,
     "I'm sorry to be that person I'd like off", "I'd like Friday off"},
    {"take.off_whom", optout,
     "take|get|pull|taking|getting|drop|leave both|him|her|mine|them|those|all|name|number|numbers|altogether ..2 "
     "off|out|outta too|please|pls|altogether|now|for|entirely|$",
     any_means, "My husband says take him off too", "take him off the air"},
    {"number.got_off", optout,
     "have|having|get|getting|taking|take my|our|her|his|this|a name|number|info|citizen ..1 "
     "off|out|taken|took|removed|deleted|pulled $|please|your|this|these|it|here|list|is|who|from",
     any_means, "Where do I go to have my number took off", "have my name on the ballot"},
    {"stay.away", optout,
     "keep|stay|get|back|pull|butt|hop out|outta|away|off of|from? my|ma|muh|her|me|us|our|it "
     "$|phone|inbox|cell|line|dms|"
     "texts|life|messages|please|family|thanks",
     any_means, "all y'all, left right and center, stay away from me", "keep out of the sun"},
    {"remove.thing", optout,
     "@remove|@quit_like|offboard|unenroll|deactivate|end|erase this|our|my|a|the "
     "one|number|phone|line|cell|contact|info|"
     "card|enrollment|household|authorization|subscription|participation @courtesy|$|please|from|and",
     any_means, "Unenroll this number please", "end the contact sport ban"},
    {"out.short", optout, "^ @courtesy? ..1 im|i|count|were|we out|unsubscribing|off $|please|now|thanks|bye|ok",
     any_means, "yall too much. im out", "I'm out of town"},
    // ---- No more, not again
    {"no.more_end", optout, "^ ..2 no|not|nomore more $|though|please|from|ever|hon|for|to", any_means,
     "I'm good love, enjoy. No more though.", "no more potholes"},
    {"not.one_more", optout,
     "not|no|nary a|one|another? ..1 one|single|another|1 more|text|message|ping|word|ding "
     "$|ok|please|to|from|or|on|out|this",
     any_means, "Your text woke him. Not one more", "not one more dollar for the stadium"},
    {"dont.do_again", optout, "dont|never|not|please ..1 do|try|let|make ..3 again|anymore|ever $|please|ok|to",
     any_means, "my patience is gone. do not try it again", "do it again for Ohio"},
    {"not.hear", optout,
     "if|never|not|last|neither|rather|until|wont|dont ..4 hear|heard|hearing nothing|anything|nuthin? ..1 from ..1 "
     "you|yall|u|your|ya ..2 again|anymore|one|ever|and|please|$",
     any_means, "I'd be heartbroken if I never heard from you again", "great to hear from you"},
    {"be.the_last", optout,
     "let|make|making|be|call|sea|fuera ..2 the|your|ur|our|el|la|that? last|final|ultimo|ultima "
     "$|one|text|message|mensaje|visit|ping|please|i|we|of|suyo|si|por",
     any_means, "Que este sea el último, sí?", "make the last bus"},
    {"texts.end", optout,
     "texts|messages|texting|dinging|buzzing|pings|reminders|alerts|notifications|msgs|dings ..3 "
     "end|ended|stop|stopped|cease|go|gone|quit|canceled|over|done now|please|today|for|$|and",
     any_means, "Yard sign is up, bumper sticker is on, texts can end now", "his texts end up in the news"},
    {"it.ends", optout, "this|that|whatever|these ends|end|stops|stop|quits now|here|today|tonight|with me|us|$",
     any_means, "wife's in labor, this ends now", "this ends the debate"},
    {"like.but_texts", optout,
     "but|just|only| not|no|hate|without|minus|less|skip|drop the|to|your|political? texts|texting|msgs|sms|messages",
     any_means, "We like the campaign, but not the texts", "but not the calls"},
    {"end.texts", optout,
     "cut|kill|drop|silence|mute|cancel|shut|turn|switch|defund|nix|axe|lose off|down|out? "
     "the|these|them|all|my|those|your|ur|da? off|text|political? "
     "texts|texting|messages|alerts|updates|reminders|solicitations|notifications|messaging|msgs|dept|pings",
     any_means, "Kill the reminders pls", "kill the bill"},
    // ---- Another channel
    {"instead.of_text", optout,
     "email|mail|emails|mailbox|letters|flyer|newsletter|paper|post ..5 not|off|no|instead|minus|never ..3 "
     "text|texts|phone|texting|sms|messages|cell",
     any_means, "send it by email, not my phone", "send me an email about the phone bank"},
    {"text.no_mail", optout,
     "text|texts|texting|phone ..2 no|ended|off|withdrawn|over ..2 mail|email|letters|newsletter", any_means,
     "text = no, mail = ok", "text me the mail ballot form"},
    // ---- Peace, others, farewell
    {"give.peace", optout,
     "give|get|have|let|letting|leave|left|want|need me|us|my|this|some|in ..3 peace|quiet|silence|rest "
     "$|please|from|now",
     any_means, "My family is grieving so give us peace", "give peace a chance"},
    {"leave.whom", optout,
     "leave|leaves|left|let|leaving a|my|her|our|this|us ..1 "
     "number|phone|fella|wife|mother|mom|house|family|lady|inbox|line|cell "
     "alone|be|rest",
     any_means, "Is there a button that makes yall leave a fella alone", "leave the sign alone"},
    {"find.other", optout,
     "find|bother|pester|annoy|hassle|bug|harass|spam|text|send ..3 "
     "somebody|someone|anybody|anyone|another|other|else|elses|own|younger ..2 "
     "person|grandma|phone|else|elses|sucker|mother|family|people|number|instead",
     any_means, "go pester some other sucker who cares", "find someone to cover my shift"},
    {"ignore.me", optout,
     "^ @courtesy? @courtesy? @you? just|can|could|pls|please? block|mute|ghost|ignore|forget|skip|unknow|lose "
     "me|us|urself|yourself|these|myself ..1 please|pls|thx|too|on|from|in|with|$|lol|digits|permanently|number",
     any_means, "Block me on your side", "block the road"},
    {"blocked.you", optout,
     "blocked|block|blocking|blockin|muted|muting|unfollowed|ignore @you|list|hoss|$|on|since|this", any_means,
     "Third number of yours I've blocked since Sunday", "they blocked the road"},
    {"we.part", optout,
     "^ ..2 we|were|are|re|its|this|conversation are|is? through|finished|over|closed|goodbye "
     "$|here|now|with|please|permanently|and",
     any_means, "save my battery and your breath. We are through", "the polls are closed"},
    {"part.ways", optout, "where|we|you|let ..2 part|say ways|goodbye|company", any_means, "this is where we part ways",
     "say goodbye to gridlock"},
    {"beat.it", optout,
     "^ @courtesy? @courtesy? beat|hop|jog|buzz|scoot|bugger|shove|clear it|off|on|along|out|away "
     "@insult|please|$|you|for|creep|already|@profanity|pal",
     any_means, "beat it, for good", "clear the snow off"},
    {"get.lost", optout,
     "^ @courtesy? @courtesy? get|hit|take|go ..1 lost|road|hike|bent|stuffed $|for|you|now|@insult|pal", any_means,
     "hit the road creep", "get the road fixed"},
    {"done.with_these", optout,
     "im|am|we|were|are done|over|cool|good|set|aight|finished|through with|w|on|of|wo|without "
     "this|the|these|your|yall|it|that|them|texts? "
     "$|texts|texting|please|messages|now|people",
     any_means, "we aight on the texts", "I'm done with my shift"},
    // ---- Never contact, no need to
    {"dont.message_about", optout,
     "dont|never|not|nobody ..1 text|txt|message|msg|hmu|textin|write|contact|send|buzz|ping|dm|texting "
     "me|us|him|her|this|here|my|it|anything|"
     "another|to|no|nothing|back|ma|up ..5 "
     "again|anymore|anything|ever|please|number|line|phone|cell|political|stuff|future|unless|back|$",
     any_means, "dont message me about the school board race anymore", "dont text me the address"},
    {"dont.hmu", optout, "dont|never|not hmu up|me|again|about|ever|$|this|fr", any_means, "don't hmu", "hmu later"},
    {"no.need_to", optout,
     "no|not|dont|never need|have|reason|use|require ..5 "
     "text|texting|send|sending|contact|message|messaging|remind|reminding|reach|reaching|write "
     "me|us|these|this|out|again|more|$|anymore|anything|to",
     any_means, "we already sent my ballot and you don't need to keep texting", "no need to knock, I'm outside"},
    {"must.decline", optout,
     "no|never|not|didnt|wasnt ..1 signing|signed|agreed|consented|consent|subscribed|giving|gave|agree|asked "
     "up|to|for|$|these|this|anything",
     any_means, "I never consented for anything", "I never asked for a bus"},
    {"put.me_down", optout,
     "put|mark|list|tag|flag|set|register me|us|this|number|my|you ..3 "
     "none|not|no|dnc|inactive|removed|out|spam|deceased",
     any_means, "Put me down as wants none", "put me down for two signs"},
    {"dnc.word", optout, "dnc list|registry|me|us|$|please|add|this", any_means, "add us to the DNC list",
     "the DNC convention"},
    // ---- How, why still, threats
    {"what.to_type", optout,
     "what|whats|theres|is|which|who|where|how ..3 "
     "trick|word|code|button|office|procedure|type|say|call|talk|form|way|handles ..6 "
     "off|stop|stops|removed|deleted|quit|took|disappear|end these|this|$|here|them|texting|from|messages|texts",
     any_means, "Which office handles getting removed?", "where is the office for the shop"},
    {"why.still", optout,
     "why|how|and|but|yet ..1 still|am|do|did|here ..2 get|getting|got|receiving|are|texting ..1 "
     "these|them|texts|messages|again|this",
     any_means, "I asked on Sunday. Why am I still getting these", "why are you still counting"},
    {"asked.still", optout,
     "i|ive|we|weve|already|have ..2 asked|said|told|replied|answered|texted|wrote|sent|typed|did ..6 "
     "stop|unsubscribe|no|off|out|removed|already|twice ..7 "
     "still|again|here|friday|monday|get|getting",
     any_means, "I answered STOP on Monday and STOP on Wednesday and here you are Friday", "she said no again"},
    {"if.dont_stop", optout,
     "if|unless|until|till|when @you|this|it|these|texts? dont|doesnt|wont|not|do stop|quit|cease|let|knock "
     "$|i|im|ill|ima|imma|texting|sending|my|we|up|it|bothering|with|textin",
     any_means, "if you don't stop I'm voting for Hendricks", "if they don't stop the mill"},
    {"threat.next", optout,
     "next|another|again|more|one ..4 text|message|one|ding|time|ping|buzz|you|them|these ..5 "
     "voting|vote|block|sue|suing|report|reporting|lawyer|ag|attorney|invoice|opponent|mailing|throwing|charge|police|"
     "court|complaint|fcc",
     any_means, "if I get one more of these I will vote the other way", "one more time, the vote is on Tuesday"},
    {"consent.over", optout, "consent|permission|authorization|opt ..3 withdrawn|revoked|rescinded|over|denied",
     any_means, "Text permission withdrawn. Letters welcome.", "parental consent required"},
    // ---- Plainer ones with something behind them
    {"leave.me_alone", optout, "leave|let me|us ..2 alone", any_means, "leave me alone you buffoons",
     "leave my sign alone"},
    {"enough.insult", optout, "more|enough|stop|quit|off|alone|lost|it @you? ..2 @insult", any_means,
     "enough, you bunch of vultures", "more jobs for crooks"},
    {"end.subscription", optout,
     "terminate|end|cancel|discontinue|withdraw|withdrawing|revoke|revoking|rescind|pull ..1 my|this|all|any ..1 "
     "subscription|enrollment|authorization|consent|permission|service|opt|participation",
     any_means, "terminate my subscription", "end this permit"},
    {"turn.off", optout, "turn|switch|shut|cut|turning these|this|them off|down|out $|now|please|already", any_means,
     "switch this off now", "shut this mill down"},
    {"wont.you_stop", optout,
     "why|when|how|will wont|will|dont|do|can|cant|must|@you @you|i|just ..2 stop|quit|delete|remove|take|cease|chill "
     "me|$|off|already|now|please",
     any_means, "Why won't you take me off when I ask", "why won't they stop"},
    {"quit.reminding", optout,
     "stop|quit|enough reminding|nudging|hounding|badgering|begging|soliciting|pestering|selling|blowing|asking "
     "me|us|here|my|$|already|for",
     any_means, "already cast my ballot, quit reminding me", "stop asking her about it"},
    {"my.data", optout,
     "get|clear|delete|wipe|purge|scrub|erase|destroy rid|my|our|all ..2 data|info|information|details|digits|records "
     "$|please|from|out|permanently|now",
     any_means, "pls get rid of my data", "get my absentee information to the clerk"},
    {"good.without", optout,
     "im|am|we|were ..1 good|set|straight|cool|fine|aight w|wo|without|with o|no|out? "
     "this|that|these|it|your|the ..1 $|texts|texting|messages|stuff",
     any_means, "we good without your texts", "we're good with the plan"},
    {"no.calls_or_texts", optout,
     "no|not calls|texts|messages|emails|call|text ..1 or|nor|and|no|not "
     "texts|calls|messages|voicemails|texting|call|text",
     any_means, "no calls or texts", "no calls or visits from him yet"},
    {"dont.come_back", optout,
     "dont|never|not come|return|circle|turn|loop|ride|check ..1 back|again|round|around ..2 $|please|here|now|way|to",
     any_means, "bye. dont come back", "the bus won't come back here"},
    {"dont.bother", optout, "dont|not|no bother|need ..3 sending|texting|contacting|messaging|writing|reaching",
     any_means, "don't bother contacting this line", "don't bother with the ladder"},
    {"spare.me", optout, "spare|skip|miss me|us with|the|from|on ..3 stuff|texts|messages|bs|crap|mess|nonsense|spam",
     any_means, "spare me with that campaign stuff", "skip me the fries"},
    // ---- Spanish
    {"es.up_to_here", optout, "hasta|aqui|asi|mejor ..1 aqui|le|la|lo|ahi|asi ..1 dejamos|paramos|llegamos|$|nomas",
     spanish, "Ya van cinco, hasta aquí le dejamos", "hasta qué hora abren"},
    {"es.enough_with", optout,
     "ya|y estuvo|basta|bueno|parale|parele|parenle|chole|fue|paren con|de|el|los|mas ..1 "
     "texto|mensajes|mensajitos|textos|lo|esto|eso",
     spanish, "ya estuvo con los mensajitos", "ya estuvo con el alcalde"},
    {"es.take_me_off", optout,
     "me|nos|lo|la|borren|borre|quiten|quite|saquen|saque|bajen|elimine|eliminen|retireme|sacame|olvidese|olvidense|"
     "olvidarse|olviden ..1 "
     "borran|sacan|quitan|de|el|este|borren|borre|quiten|saquen|que ..2 "
     "numero|lista|favor|esto|eso|celular|telefono|cel|grupo|gracias|$",
     spanish, "borren el número por favor", "me sacan una muela mañana"},
    {"es.not_anymore", optout,
     "ya|que|mejor|pero|y no|ni|nunca|tampoco me|nos|le|vuelvan|va|mas|quiero|cuenten|hace|gasten|se|a|les|los ..3 "
     "escriban|manden|mande|mandes|textees|llegue|contacte|contactarme|contactarnos|escribiendo|mensajes|mensaje|"
     "textos|texto|falta|numero|nada|escribir|textear",
     spanish, "patrón ya no me mande eso", "ya no me llega la luz"},
    {"es.texts_no_more", optout,
     "textos|mensajes|mensajitos|textitos|texto|telefono|celular ya|pero no|basta porfa|por|gracias|$|please", spanish,
     "pero los textos ya no porfa", "los textos ya llegaron"},
    {"es.threat", optout,
     "si|al|la|otro|otra|proximo|proxima|como ..4 vuelve|vuelven|mensaje|otro|llega|texto|proxima|siguen|mandan ..7 "
     "abogado|reporto|denuncio|denunciar|queja|demando|demanda|voto|policia|bloqueo|lawyer|fcc|reporting",
     spanish, "si me vuelve a llegar otro le hablo a mi abogado", "si me vuelve a llegar otro le aviso"},
    {"es.off_phone", optout,
     "fuera|pa|afuera|saquen|suelten|soltar|salgan de|fuera|mi|este|del ..2 telefono|inbox|celular|numero|cel", spanish,
     "fuera de mi teléfono", "fuera de mi casa"},
};

}  // namespace

std::span<const Rule> people_rules() { return table; }

}  // namespace whistlestop::optout::classify
