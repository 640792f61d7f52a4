#include "services/optout/classify/rule_table.hpp"

namespace whistlestop::optout::classify {
namespace {

using enum Effect;

constexpr std::string_view spanish = "the same request in Spanish";

// Asking for no more texts, in other languages.
constexpr Rule table[] = {
    // ---- The same in Spanish
    {"es.no_contact", optout,
     "no|nunca|jamas|ni|dejen|deje|deja|paren|pare|parenle ..3 "
     "manden|mande|mandes|envien|envie|enviar|mandar|escriban|escriba|escribas|escribir|molesten|moleste|molestar|"
     "contacten|contactar|texteen|textee|llamen|llegue|lleguen|lleguenme|insistan|enviarme|mandarme|escribirme|"
     "mandenme|escribiendo|mandando|molestando|texteando|enviando|textear ..3 "
     "mas|mensajes|textos|mensaje|texto|nada|@number|favor|gracias|$",
     spanish, "ya no me manden mensajes", "no puedo mandar la boleta"},
    {"es.stop_contact", optout,
     "dejen|deje|deja|dejar|paren|pare|para|parar|parenle|parele|cesen|basta|alto|eviten|suspendan|terminen "
     "ya|de|con|a|los|las|sus|tantos ..2 @contact|@message|molestar",
     spanish, "dejen de escribirme", "dejen de robar"},
    {"es.no_want", optout,
     "no|nunca|ya|tampoco quiero|queremos|deseo|quisiera|necesito|deseamos|interesa|interesan|autorizo|quiere ..3 "
     "@message|recibir|@contact|que|nada|saber|sus|esto|$",
     spanish, "no quiero recibir mensajes", "no quiero otro alcalde"},
    {"es.remove", optout,
     "quitenme|quiteme|quitame|borrenme|borreme|borrame|eliminenme|elimineme|saquenme|saqueme|remuevanme|retirenme",
     spanish, "quítenme por favor", "quitaron la parada"},
    {"es.remove_number", optout,
     "@remove ..2 mi|este|mis|nuestro|de|me ..2 "
     "numero|telefono|nombre|lista|celular|datos|base|contactos|sistema|registro|ahi",
     spanish, "borren mi número", "saquen la basura de mi calle"},
    {"es.remove_tail", optout,
     "quiero|quisiera|pueden|puede|necesito|favor|solicito|pido|deseo|como|podrian|que me? ..2 "
     "darme|dar|den|deme|borran|quitan|sacan|eliminan|salir|salirme|desuscribirme|cancelar|borrarme|quitarme|sacarme|"
     "eliminarme|borren|quiten|"
     "saquen|baja ..1 de|baja|por|favor|$",
     spanish, "quiero darme de baja", "quiero salir a votar"},
    {"es.tired", optout,
     "hasta|cuantas|harto|harta|canse|cansado|cansada|estuvo|basta|ya cuando|veces|de|bueno|no|ya ..6 "
     "mensajes|textos|mensajitos|no|molestando|escribir|paren|mandando|mandar|escribiendo",
     spanish, "ya estuvo bueno de mensajes", "hasta cuándo hay tiempo"},
    {"es.no_permission", optout,
     "no|nunca|ni|jamas ..1 di|doy|estoy|autorizo|autorice|pedi|inscribi|suscribi|tienen ..3 "
     "permiso|lista|esto|autorizacion|numero|mensajes|quiero|estar",
     spanish, "yo no di permiso para que me escribieran", "no di dinero"},
    {"es.cancel", optout,
     "cancelar|cancelen|cancele|terminar|suspender|anular la|mi|los|esta? suscripcion|mensajes|textos|servicio",
     spanish, "cancelar suscripción", "cancelar mi turno"},
    {"es.baja", optout, "dar|darme|denme|deme|den|solicito|pido|de de? baja", spanish, "dar de baja",
     "la baja de impuestos"},
    {"es.leave_alone", optout,
     "dejenme|dejeme|dejame|dejennos|dejen|deja en|de? "
     "paz|tranquilo|tranquila|tranquilos|solo|sola|molestar|fregar|chingar",
     spanish, "déjenme en paz", "déjenme un letrero"},
    {"es.stop_receiving", optout,
     "quiero|queremos|quisiera|deseo|necesito|favor|solicito|gustaria dejar|parar|terminar de ..1 recibir|tener|leer",
     spanish, "quiero dejar de recibir esto", "quiero dejar de trabajar"},
    {"es.not_include", optout, "no|nunca|que me|nos incluyan|agreguen|pongan|anoten|cuenten|apunten|inscriban", spanish,
     "a mí ya no me incluyan", "no me suban la renta"},
    {"es.how", optout,
     "como|donde|que ..2 cancelo|cancelar|quito|salgo|salirme|paro|paran|hago|borro|desuscribo|dejo ..4 "
     "esto|mensajes|textos|lista|lleguen|mensaje|paren|suscripcion",
     spanish, "cómo cancelo estos mensajes", "cómo cancelo mi cita"},
    {"es.no_more", optout, "^ @courtesy? ya? no|basta mas|de @message|@courtesy? @courtesy? $", spanish,
     "no más mensajes", "no más impuestos"},
    // ---- ... and in other languages
    {"other.fr", optout,
     "arretez|arreter|cessez|plus|retirez|supprimer|lachez|enlever|nenvoyez|desabonner|desabonne|encore|desabonnez|"
     "supprimez|effacez|enlevez|laissez|rayez|desinscrivez|veux ..3 "
     "messages|message|moi|liste|ecrire|envoyer|contacter|numero|num|plus|rien|plainte|textos|tranquille|recevoir|"
     "texter|mecrire|menvoyer|"
     "envoyez",
     "the same request in French", "Arrêtez de m'envoyer des messages", "arrêtez la guerre"},
    {"other.pt", optout,
     "pare|parem|nao|remova|retire|tirem|apague|exclua|tire ..3 "
     "mensagens|mensagem|lista|meu|enviar|mandar|receber|mandem|escreva",
     "the same request in Portuguese", "parem de me mandar mensagens", "não sei o número"},
    {"other.ht", optout,
     "sispann|pa|tanpri|retire|wete|efase|ase|kite ..3 mesaj|voye|ekri|nimewo|lis|trankil|resevwa|kontakte|ankò|anko|m",
     "the same request in Haitian Creole", "Sispann voye mesaj", "pa gen pwoblèm"},
    {"other.vi", optout, "dung|ngung|xoa|huy|khong|thoi|bo ..4 nhan|tin|so|ky|lien|phien|gui|danh",
     "the same request in Vietnamese", "Đừng nhắn tin cho tôi nữa", "không sao"},
    {"other.tl", optout,
     "wag|huwag|itigil|tigilan|pakitigil|alisin|tanggalin|burahin|ayoko|ayaw|tigil ..4 "
     "text|magtext|itext|message|number|list|listahan|pagtext|pagtetext|mensahe|ganito|texting|padalhan",
     "the same request in Tagalog", "wag na kayo magtext", "itigil ang korapsyon"},
    {"other.ru", optout,
     "не|удалите|уберите|хватит|прекратите|перестаньте|больше|исключите ..4 "
     "пишите|присылайте|номер|писать|меня|сообщения|отправляйте|списка|смс|шлите|рассылку|звоните",
     "the same request in Russian", "Не пишите мне больше", "не знаю"},
    {"other.ar", optout,
     "توقف|توقفوا|لا|احذف|احذفوا|أزيلوا|أوقفوا ..4 الرسائل|رسائل|ترسل|ترسلوا|رقمي|مراسلتي|إرسال|ارسال|الرقم|تراسلني",
     "the same request in Arabic", "لا ترسلوا لي رسائل", "لا أعرف"},
    {"other.zh", optout, "退|别|別|不|删|刪|停|勿|移|取 ..4 订|訂|发|發|烦|煩|收|信|短|打|送|名|号|號|系|傳|除|消|传",
     "the same request in Chinese", "请不要再发短信给我", "我不去"},
    {"other.zh_number", optout, "号|號|码|碼|名 ..3 删|刪|除|掉|移|停", "the same request in Chinese", "把我的号码删掉",
     "号码是多少"},
    {"other.ko", optout,
     "문자|메시지|수신|수신거부|번호|연락|그만|메세지|제 ..3 "
     "보내지|그만|거부|삭제해|하지|지워주세요|빼주세요|마세요|받고",
     "the same request in Korean", "문자 보내지 마세요", "투표소가 어디예요"},
};

}  // namespace

std::span<const Rule> other_language_rules() { return table; }

}  // namespace whistlestop::optout::classify
