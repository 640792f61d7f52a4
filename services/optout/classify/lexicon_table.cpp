#include "services/optout/classify/lexicon.hpp"

namespace whistlestop::optout::classify {
namespace {

using enum WordClass;

// English first, then Spanish; a few words of other languages where carriers honour them.
constexpr ClassWords table[] = {
    // What carriers and the FCC name (47 CFR 64.1200(a)(10), CTIA), as single words.
    {keyword,
     "stop stopall stop2quit stop2end stop2stop stoptoend stoptoquit stoptostop stp2end quit end revoke optout "
     "cancel unsubscribe unsub alto opout stahp stawp"},
    // Words that people send alone and mean the same; ordinary words inside a sentence.
    {keyword_other,
     "remove delete cease desist exit block unfollow parar pare paren para parale parenle basta baja bajas "
     "cancelar cancele cancelen salir terminar eliminar borrar borrarme arret arreter stopp sair pare "
     "unlist unenroll deregister dnc unscribe stoppit nomore offlist deletemenow removal nomas detener "
     "desuscribir desuscribirme desuscribir fin finalizar "
     "стоп 수신거부 sispann arrete desabonnement discontinue unregister unsubscribed desinscribir desinscribirme"},
    {stop,
     "stop stops stopped stopping stopall quit quits quitting cease ceases halt desist discontinue refrain end ends "
     "ending ended terminate suspend knock cut enough stoppp stahp stp paren pare para parale parenle deje dejen "
     "deja dejenme dejame detengan detenga detener parar dejar cesen cese terminen termine basta alto arretez "
     "arrete stawp stappp abstenganse abstengase eviten evite quitense cut finish cesar suspendan suspender"},
    {quit_like,
     "unsubscribe unsub unsubscribed unsubscribing optout optouts unfollow unlist unenroll deregister "
     "unregister withdraw revoke rescind cancel cancelled canceled canceling cancelling unadd desuscribir "
     "desuscribirme desuscribanme cancelar cancelen cancele revoco revocar anular darme darse"},
    {contact,
     "text texting texted txt txting txted message messaging messaged msg msging contact contacting contacted "
     "call calling called bother bothering bothered bug bugging harass harassing pester pestering send sending "
     "sends sent write writing reach reaching communicate disturb ping pinging notify notifying solicit "
     "soliciting hit hmu blow blowing spam spamming blast blasting annoy annoying bombard bombarding sms "
     "textin txtin messagin callin botherin buggin hittin sendin writin blowin dm dming forward reply respond email "
     "emailing mail "
     "mandarle mandarles mandarnos escribirle escribirnos escribirles enviarle enviarnos llamarle escribir escriban "
     "escriba escribas escribirme escribiendo escribanme mandar manden mande mandes mandarme "
     "mandando mandenme mandan enviar envien envie envies enviarme enviando envienme envian texteen textear "
     "texteando textees textearme mensajeen contactar contacten contacte contactarme contactando "
     "contactenme llamar llamen llame llames llamarme llamando molestar molesten moleste molestes molestando "
     "molestarme fastidien fastidiar fastidiando hostigar acosar acosando comuniquen comunicarse hablen "
     "marquen txteen mensajear"},
    {message,
     "text texts txt txts message messages msg msgs mssg mssgs sms texto textos mensaje mensajes mensajito "
     "mensajitos msj msjs msjes communication communications correspondence notification notifications alert "
     "alerts update updates blast blasts solicitation solicitations outreach reminder reminders mailing "
     "mailings comunicaciones comunicacion notificaciones notificacion avisos avisos alertas recados "
     "recordatorios propaganda publicidad promos promotions newsletter newsletters mensagens mensagem mesaj "
     "textz textss msges massages mesages messges texs communiques appeals bulletins pings buzz buzzing"},
    {spam,
     "spam spamming spammer spammers junk unsolicited unwanted robo robotext robotexts robocall robocalls bot bots "
     "propaganda scam phishing basura correo_basura nonsense garbage crap bs trash bullshit"},
    {remove,
     "remove removed removing removal delete deleted deleting deletion take taken drop scratch strike erase erased "
     "scrub purge purged clear wipe lose forget omit exclude excluded exclusion eliminate expunge pull cross yank "
     "ditch toss nix unlist rid dump block blocking blocked untag quiten quite quita quitar quitarme quitame "
     "quitenme quiteme borren borre borra borrar borrarme borrenme borreme borrame eliminen elimine elimina "
     "eliminar eliminarme eliminenme elimineme saquen saque saca sacar sacarme sacame saquenme saqueme remuevan "
     "remueva remover removerme remuevanme retiren retire retirar retirarme retirenme tachen tachar tachenme "
     "bajen bajenme bajeme excluyan excluyanme olvidense olvidenme descarten dar den deme denme desinscriban "
     "retirez supprimez remova rm rmv omitir omitan omita tiren tirar borran quitan sacan "
     "eliminan salten pierdan descarten"},
    {off, "off out from outta away fuera baja afuera de"},
    {list,
     "list lists database databases system systems file files roster rolodex directory record records registry "
     "distribution mailing rotation contacts addressbook spreadsheet queue thread chat group log logs crm "
     "lista listas listado base registro registros directorio sistema archivo archivos grupo agenda contactos "
     "datos cadena campaign listserv book program rolls sheet subscription subscriptions"},
    {me, "me my mine myself us our ours mi mis mio nos nuestro nuestra nosotros im ive id conmigo"},
    {number,
     "number numbers num nbr numer phone phones cell cellphone cel line digits landline mobile telephone device "
     "numero numeros num telefono telefonos celular fono movil tel #  contact info linea telefonico"},
    {neg,
     "not no never none nothing nor without cant cannot cnt couldnt isnt wasnt arent aint doesnt didnt didn wont "
     "wouldnt shouldnt havent hasnt nunca jamas ni nada ningun ninguna ninguno tampoco sin neither nobody nope nah "
     "hardly no"},
    {dont, "dont don do_not dnt dont't donot dunt doant dint dont doesnt wont dun no nunca"},
    {again,
     "again anymore more longer further ever nomore anymor nuevamente volver vuelvan vuelva otra vez mas evermore "
     "another additional jamas futuro future forever permanently henceforth"},
    {never_more,
     "enough suficiente bastante plenty nomore nomas enough done finished over tired sick basta cansado cansada harto "
     "harta fed hartos cansa "
     "canse hartas hasta"},
    {life,
     "home work sleep bed shower lunch dinner breakfast food eat eating ate cook movie film game class exam exams test "
     "homework lecture school college uni shop shopping mall store bus train car drive gym coffee tea drink drinks "
     "beer wine pub bar party birthday christmas holiday holidays vacation trip flight airport hotel beach weather "
     "rain snow cold hot sick doctor hospital medicine pain headache baby dog cat girl girlfriend boyfriend boy "
     "friend friends fren frens guys money job boss office meeting project computer laptop internet facebook song "
     "music book tv show match football cricket team ticket tickets pizza chicken rice bread milk cake chocolate "
     "room house flat rent bathroom kitchen clothes shirt shoes dress hair smoke smoking weed bath wake woke tired "
     "bored busy free ready late early wait waiting hungry happy sad cry laugh dream dreams life world heart god"},
    {courtesy,
     "please pls plz plse pleas pleaz plis thanks thank thx ty tks kindly sir maam mam now immediately asap "
     "right today period gracias favor porfavor porfa porfis plox ok okay hi hello hey sorry respectfully "
     "just already ahora senor senora senorita inmediatamente tanks thankyou tysm appreciate grateful "
     "obliged por amigo amiga bro dude man guys yall folks im amp comma exclamation point mark dot joven "
     "kk bye goodbye yo um uh oh well so and then really immediatly buddy pal hun honey dear svp "
     "fa pf pfv ya friend"},
    {want,
     "want wanna wants wanted wish wishing like need needs care interested prefer rather desire desiring request "
     "requesting asking ask asked beg begging demand demanding insist demands desired quiero queremos quisiera "
     "deseo deseamos necesito interesa interesada interesado gustaria pido pedi prefiero appreciate hate love "
     "expect interest intend mean try trying tried"},
    {pronoun,
     "i you u ya yall we they he she it this that these those them him her his hers their its yo tu usted "
     "ustedes ellos ellas el ella esto eso estos esas esa ese esta estas le les lo la los las se te"},
    {third, "he she they him her them his their hers theirs hes shes theyre ella ellos ellas su sus suyo"},
    {person,
     "person people guy man woman lady dude kid boy girl someone somebody anyone anybody nobody name names named "
     "persona senor gente alguien nadie nombre muchacho muchacha tipo individual party voter resident owner"},
    {you, "you u ya yall your ur youre ure yours ustedes usted tu tus"},
    {question,
     "who whos what whats when where why how which whose quien quienes que cuando donde por porque como cual "
     "cuanto cuantas cuantos whats wuts wat hows wheres wtf wth qui quelle"},
    {wrong,
     "wrong mistaken incorrect equivocado equivocada equivoco equivocaron equivocaste confundido confundida error "
     "erroneo mistake mistook misdialed misdirected equivocados"},
    {different,
     "different another changed change new old former previous reassigned belongs belonged belong disconnected "
     "anymore moved otro otra cambio cambiaron pertenece anterior nuevo ex longer conozco used"},
    {death,
     "died dead deceased passed death late funeral buried murio fallecio fallecida fallecido difunto difunta "
     "muerto muerta rip gone passing widow"},
    {child,
     "child children kid kids minor teenager teen daughter son underage year years nino nina menor hija hijo "
     "preschooler toddler grade school bebe anos age"},
    {business,
     "business company store shop office clinic restaurant hotel motel hospital salon church dental dentist "
     "pizza plumbing landlord commercial negocio tienda oficina restaurante consultorio desk garage bakery "
     "pharmacy firm warehouse taller empresa reception"},
    {start, "start unstop restart resume begin starts empezar comenzar iniciar reanudar empiece yes si"},
    {subscribe,
     "subscribe resubscribe subscribed subscription rejoin reenroll enroll enrolled optin suscribir "
     "suscribirme suscribanme suscribame inscribir inscribirme inscribame inscribanme apunteme apuntenme "
     "apuntame reactivate reactivar resubscribed suscribirse unblock"},
    {unsubscribe,
     "unsubscribe unsubscribed unsubscribing unsub optout opted opt opting opted desuscribir desuscribirme "
     "desubscribe baja opts"},
    {optin_verb,
     "add readd include sign keep put join resume restart continue turn opt receive get getting agregueme "
     "agreguenme anoteme anotenme ponganme pongame mandeme mandenme recibir recibiendo incluyanme "
     "incluyame vuelvanme sigan siga sigue avisenme avisen register"},
    {help, "help ayuda helping helpme ayudar ayudeme ayudenme assist assistance support soporte asistencia ayudame"},
    {info, "info information informacion details detalles infos explain explicar"},
    {identity,
     "who whos dis identify name organization organisation company legit legitimate real scam fraud fraude "
     "estafa bot robot human robocall fake sender quien quienes organizacion habla verify actual ai person "
     "soi"},
    {source,
     "get got give gave given obtain obtained find found find sell sold bought buy shared share sacaron "
     "consiguieron conseguiste consiguio obtuvieron dio dieron encontraron tienen tiene provided authorize "
     "authorized leaked"},
    {legal,
     "lawyer lawyers attorney attorneys counsel sue suing sued lawsuit court legal legally illegal fcc ftc tcpa "
     "law laws litigation damages violation violating violate harassment cease fine fined statute complaint "
     "complaints notice privacy compliance abogado abogados demandar demanda demandare demandarlos ley leyes "
     "legales ilegal acoso denuncia denunciar denunciare corte action rights statutory penalties cfr usc dnc "
     "registry solicitors solicitor solicitation written"},
    {report,
     "report reported reporting reports block blocked blocking 7726 police authorities reportar reporto reportare "
     "reportado reportados bloquear bloqueo bloqueado bloqueados bloqueare bloqueando flagged flagging policia "
     "bbb carrier denunciados"},
    {consent,
     "consent permission authorize authorized authorization agree agreed agreement approve approved subscribed "
     "signed sign solicited requested enrolled asked opted autorizo autorice autorizacion permiso "
     "consentimiento acepto acepte solicite pedi registered joined inscribi suscribi apunte registre gave "
     "invited granted autorizado gave"},
    {insult,
     "idiot idiots moron morons stupid dumb dumbass loser losers clown clowns scum trash liar liars crook crooks "
     "thief thieves fraud frauds pathetic ugly fat pig pigs bitch bitches asshole assholes bastard bastards jerk "
     "jerks scumbag scumbags douche douchebag douchebags dirtbag sleazy slime slimeball worm parasite parasites "
     "leech leeches vulture vultures hyena hyenas vampire vampires grifter grifters buffoon buffoons pest pests vermin "
     "rat rats snake snakes coward cowards traitor traitors nazi nazis fascist fascists "
     "commie commies communist groomer groomers pedo pedos sheep libtard libtards maggot maggots retard retards "
     "shill shills hypocrite hypocrites imbecile cretin twat wanker tool tools turd turds goons goon weirdo "
     "weirdos creep creeps criminal criminals racist racists tonto tontos idiota idiotas imbecil imbeciles "
     "estupido estupidos estupida ratero rateros ladron ladrones mentiroso mentirosos sinverguenza "
     "sinverguenzas corrupto corruptos payaso payasos pendejo pendejos pendeja cabron cabrones puta putas puto "
     "putos inutil inutiles basura asco asquerosos mierda rata ratas perra perros cerdo cerdos maldito malditos "
     "desgraciado desgraciados hipocritas cobarde cobardes bola degenerate degenerates filth disgusting "
     "brainwashed nitwit halfwit dimwit simpleton buffoon dolt swine lowlife lowlifes cockroach trashy troll "
     "trolls subhuman skank whore slut cunt cunts dick dicks prick pricks dickhead dipshit dipshits shithead "
     "shitheads fuckers fucker motherfucker motherfuckers mf mfs pos"},
    {profanity,
     "fuck fucking fuckin fucks fuckn fkn fck fcking fuckoff fu effing eff freaking freakin frickin shit shitty "
     "bullshit damn dammit goddamn goddam hell ass wtf stfu gtfo af crap crappy bloody chinga chingar chinguen "
     "chinguense carajo joder puta pinche pinches mierda verga coño cono hijueputa hdp ctm mames jodan jodete "
     "piss pissed screw suck sucks dick balls bugger sod bollocks fk fking motherfucking"},
    {threat,
     "kill shoot burn hang die dies watch find hurt hunt regret pay rope gun bullet bullets beat punch stab "
     "house live door doors tonight warning careful muerte matar mueran mueras muere muerase morir sorry coming "
     "sleep eye car break legs neck"},
    {sexual,
     "nudes nude naked sexy wearing boobs tits pussy cock blow suck hot babe baby horny single pic pics bed "
     "feet panties hookup desnuda cama rica mamacita sexo linda"},
    {dismiss,
     "off away lost alone bye goodbye byebye scram shoo hush shush shut vete vayase vayanse larguense largo "
     "lejos peace paz solo sola felicia kick rocks hike pound sand pass adios chao bugger beat buzz nope"},
    {annoyed,
     "annoying annoyed sick tired fed constantly constant nonstop every daily harassing harassment invasive "
     "relentless ridiculous bothersome unwelcome nuisance pest rude disrespectful waking woke intrusive "
     "overwhelming incessant endless harta harto cansado cansada molesto molesta fastidio fastidia hartazgo "
     "times dozen hundred many twice thrice third"},
    {issue,
     "war wars violence crime taxes tax bill bills rent rents rezoning zoning pothole potholes school schools "
     "abortion abortions guns shootings climate pollution fracking pipeline corruption racism hate inflation "
     "prices price border immigration deportations genocide healthcare medicare medicaid closures closing hikes "
     "hike hunger homelessness evictions bullying drilling dumping flooding traffic speeding construction "
     "sprawl development developers developer curfew ban bans filibuster gerrymandering electoral college "
     "prohibition police policing funding cuts waste fraud corporate greed lobbyists lying lies steal fighting "
     "arguing impuestos impuesto guerra violencia corrupcion racismo renta gasolina precios odio abusos abuso "
     "deportaciones crimen delincuencia redadas injusticia robo mentiras desalojos contaminacion inflacion "
     "stadium measure prop proposition ordinance law housing wages wage union unions insurance hospital hospitals "
     "transit jobs economy water sewer utility rates bond bonds levy toll tolls budget spending books book "
     "testing tariffs daylight slavery poverty suffering madness nonsense cruelty discrimination "
     "subsidies mandate mandates surveillance prisons debt benefits security social pensions vouchers term limits"},
    {event,
     "rsvp shift shifts appointment donation donations donate recurring monthly event events rally meeting meetings "
     "dinner luncheon lunch breakfast party phonebank phone_bank bank canvass canvassing canvasser walk ride rides "
     "seat seats ticket tickets reservation order orders debate forum town hall fundraiser gala picnic parade bbq "
     "training webinar zoom call class game caminata evento eventos reunion cita turno donacion desayuno cena "
     "marcha junta foro almuerzo volunteer volunteering volunteers slot spot spots membership barbecue reception "
     "concert house_party workshop march invitation table"},
    {place,
     "office hq church library gym park corner street st ave avenue road blvd bus route truck light lights house "
     "home store town city county state district precinct ward neighborhood country poll polls polling place "
     "location booth casilla casillas biblioteca iglesia oficina calle parada centro esquina escuela condado "
     "ciudad estado distrito exit airport train station gate bridge porch yard window downtown shelter area "
     "community building parking lot lawn door mailbox"},
    {vote,
     "vote votes voted voting voter voters ballot ballots election elections absentee mail registered register "
     "registration poll polls polling early primary runoff votar voto votos voten vote voté votare boleta boletas "
     "eleccion elecciones urna urnas casilla votacion primarias registrarme recount turnout candidate"},
    {support,
     "yes yep yup yeah absolutely definitely sure great awesome love support supporter supporting supports "
     "amazing win winning proud count hope go team thanks good luck excited si claro apoyo apoyamos exito suerte "
     "ganar ganemos adelante felicidades bendiga bless cheers keep fighting cuente great fantastic best "
     "yay woohoo congrats congratulations stoked agreed lol haha hahaha jaja jajaja lmao omg hehe"},
    {oppose,
     "no nope nah never not against oppose other already undecided republican democrat libertarian independent "
     "maga trump biden harris socialist radical liberal conservative left right woke lost wont contra otro "
     "indeciso"},
    {candidate,
     "candidate candidates senator mayor governor president congressman congresswoman councilman councilwoman "
     "council sheriff judge judges commissioner representative rep trustee trustees incumbent politician "
     "politicians dana ellison whitfield brooks superintendent congress house senate alcalde alcaldesa "
     "gobernador senador candidato candidata candidatos politicos politico jueces attorney office legislature "
     "government party campaign opponent guy"},
    {family,
     "mom mother dad father wife husband son daughter brother sister grandma grandmother grandpa grandfather "
     "parents aunt uncle cousin niece nephew roommate partner spouse fiance family household neighbor neighbors "
     "mama papa esposa esposo marido hermano hermana abuela abuelo abuelita tia tio primo prima suegra vecino "
     "vecina madre padre sobrino nieto nieta exwife kids grandson granddaughter mum"},
    {time,
     "today tonight tomorrow yesterday morning afternoon evening night noon week weekend month year day days hour "
     "hours minute monday tuesday wednesday thursday friday saturday sunday november october june pm am later soon "
     "hoy manana tarde noche lunes martes miercoles jueves viernes sabado domingo semana mes hora horas early late "
     "until till before after"},
    {channel,
     "email emails mail phone calls call voicemail facebook letter letters correo llamada llamadas llamar "
     "texting postcards flyers flyer volante volantes mailer mailers ads ad sign door whatsapp"},
    {go_on,
     "keep keeps keeping continue continues continued continuing persist still coming sigan siguen seguir "
     "siga sigue continuen continuar insist resend more"},
    {tech,
     "link links website site page button load loads loading error broken broke work works working app login "
     "password crash spins spinning form code download browser video image pagina sitio enlace liga boton funciona "
     "funcionan abre carga cargar url receipt receipts charged refund resend click clicked open opens freezes "
     "bounced bounces captcha"},
    {money,
     "donate donated donation dollars money pay paid paying cost costs charge charges charged free gave give card "
     "dinero donar done pagar cuesta cobran costo gratis fee fees data plan rates"},
    {sign,
     "sign signs yard stop poster banner sticker stickers button letrero letreros cartel carteles placard lawn "
     "magnet bumper shirt signal light"},
    {ask,
     "can could would will may might should how ask tell told said say says request puede pueden podria podrian "
     "dile digale diganle dije dijo"},
    {greet,
     "hi hello hey hola buenos buenas dias tardes noches morning afternoon dear greetings yo sup saludos howdy "
     "love luv loved lover miss missing missed babe baby darling darlin sweet sweetie sweetheart hun hunny honey x "
     "xx xxx muah kiss kisses hug hugs lor lah leh lar liao meh da de dis dat haf wat wen wif den oso tmr 2mrw 2nite "
     "2day 2moro tonite nite gud gd cya ttyl cuz cos coz bcoz tho dunno gotta wana ar ah aiyo hmm yup yep yar jus "
     "thk ard smth dun cant wun shd k kk ok okie lol haha hehe rofl n d b r c y cum hows wassup"},
    {motion,
     "by in over at through near for drop come came coming stopping swing visit pick pass going go went run "
     "running walk drive driving drove"},
};

}  // namespace

std::span<const ClassWords> lexicon_table() { return table; }

}  // namespace whistlestop::optout::classify
