/* The Bot API's methods by name. */
#include "sim/method.h"

#include "sim/message.h"
#include "sim/param.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* In alphabetical order without regard to case. */
static const struct tgr_sim_method table[] = {
    {"addStickerToSet", tgr_sim_set_true, "", ""},
    {"answerCallbackQuery", tgr_sim_answer_query, "", "callback_query_id"},
    {"answerInlineQuery", tgr_sim_set_true, "", "inline_query_id results"},
    {"answerPreCheckoutQuery", tgr_sim_set_true, "", "pre_checkout_query_id"},
    {"answerShippingQuery", tgr_sim_set_true, "", "shipping_query_id"},
    {"answerWebAppQuery", tgr_sim_get_fixed,
     "{\"inline_message_id\":\"simulated\"}", "web_app_query_id result"},
    {"approveChatJoinRequest", tgr_sim_set_true, "", "chat_id user_id"},
    {"approveSuggestedPost", tgr_sim_set_true, "", ""},
    {"banChatMember", tgr_sim_set_true, "", "chat_id user_id"},
    {"banChatSenderChat", tgr_sim_set_true, "", "chat_id sender_chat_id"},
    {"close", tgr_sim_set_true, "", ""},
    {"closeForumTopic", tgr_sim_set_true, "", "chat_id"},
    {"closeGeneralForumTopic", tgr_sim_set_true, "", "chat_id"},
    {"convertGiftToStars", tgr_sim_set_true, "", ""},
    {"copyMessage", tgr_sim_send_copy, "id", "from_chat_id"},
    {"copyMessages", tgr_sim_send_copies, "", "from_chat_id"},
    {"createChatInviteLink", tgr_sim_set_link, "", "chat_id"},
    {"createChatSubscriptionInviteLink", tgr_sim_set_link, "", "chat_id"},
    {"createForumTopic", tgr_sim_set_topic, "", "chat_id name"},
    {"createInvoiceLink", tgr_sim_get_fixed, "\"https://t.me/$simulated\"",
     "title description payload currency prices"},
    {"createNewStickerSet", tgr_sim_set_true, "", ""},
    {"declineChatJoinRequest", tgr_sim_set_true, "", "chat_id user_id"},
    {"declineSuggestedPost", tgr_sim_set_true, "", ""},
    {"deleteBusinessMessages", tgr_sim_set_true, "", ""},
    {"deleteChatPhoto", tgr_sim_set_true, "", "chat_id"},
    {"deleteChatStickerSet", tgr_sim_set_true, "", "chat_id"},
    {"deleteForumTopic", tgr_sim_set_true, "", "chat_id"},
    {"deleteMessage", tgr_sim_delete_message, "", ""},
    {"deleteMessages", tgr_sim_delete_messages, "", ""},
    {"deleteMyCommands", tgr_sim_set_kept, ">commands", ""},
    {"deleteStickerFromSet", tgr_sim_set_true, "", ""},
    {"deleteStickerSet", tgr_sim_set_true, "", ""},
    {"deleteStory", tgr_sim_set_true, "", ""},
    {"deleteWebhook", tgr_sim_delete_webhook, "", ""},
    {"editChatInviteLink", tgr_sim_set_link, "", "chat_id invite_link"},
    {"editChatSubscriptionInviteLink", tgr_sim_set_link, "",
     "chat_id invite_link"},
    {"editForumTopic", tgr_sim_set_true, "", "chat_id"},
    {"editGeneralForumTopic", tgr_sim_set_true, "", "chat_id"},
    {"editMessageCaption", tgr_sim_edit_text, "caption", ""},
    {"editMessageChecklist", tgr_sim_edit_other, "touch", ""},
    {"editMessageLiveLocation", tgr_sim_edit_other, "location",
     "latitude longitude"},
    {"editMessageMedia", tgr_sim_edit_media, "", ""},
    {"editMessageReplyMarkup", tgr_sim_edit_other, "", ""},
    {"editMessageText", tgr_sim_edit_text, "text", ""},
    {"editStory", tgr_sim_get_fixed,
     "{\"chat\":{\"id\":1000,\"type\":\"private\",\"first_name\":\"Console\"},"
     "\"id\":1}",
     "business_connection_id story_id"},
    {"editUserStarSubscription", tgr_sim_set_true, "", ""},
    {"exportChatInviteLink", tgr_sim_get_fixed, "\"https://t.me/+simulated\"",
     "chat_id"},
    {"forwardMessage", tgr_sim_send_copy, "message", "from_chat_id"},
    {"forwardMessages", tgr_sim_send_copies, "", "from_chat_id"},
    {"getAvailableGifts", tgr_sim_get_fixed, "{\"gifts\":[]}", ""},
    {"getBusinessAccountGifts", tgr_sim_get_fixed,
     "{\"total_count\":0,\"gifts\":[]}", ""},
    {"getBusinessAccountStarBalance", tgr_sim_get_fixed, "{\"amount\":0}",
     "business_connection_id"},
    {"getBusinessConnection", tgr_sim_get_fixed,
     "{\"id\":\"1\",\"user\":{\"id\":1000,\"is_bot\":false,\"first_name\":"
     "\"Console\"},\"user_chat_id\":1000,\"date\":0,\"is_enabled\":true}",
     "business_connection_id"},
    {"getChat", tgr_sim_get_chat, "", ""},
    {"getChatAdministrators", tgr_sim_get_admins, "", ""},
    {"getChatGifts", tgr_sim_get_fixed, "{\"total_count\":0,\"gifts\":[]}", ""},
    {"getChatMember", tgr_sim_get_member, "", ""},
    {"getChatMemberCount", tgr_sim_get_fixed, "2", "chat_id"},
    {"getChatMenuButton", tgr_sim_get_kept, "menu>={\"type\":\"commands\"}",
     ""},
    {"getCustomEmojiStickers", tgr_sim_get_fixed, "[]", ""},
    {"getFile", tgr_sim_get_file, "", ""},
    {"getForumTopicIconStickers", tgr_sim_get_fixed, "[]", ""},
    {"getGameHighScores", tgr_sim_get_fixed, "[]", "user_id"},
    {"getMe", tgr_sim_get_me, "", ""},
    {"getMyCommands", tgr_sim_get_kept, "commands>=[]", ""},
    {"getMyDefaultAdministratorRights", tgr_sim_get_fixed,
     "{\"is_anonymous\":false,\"can_manage_chat\":false,\"can_delete_"
     "messages\":false,\"can_manage_video_chats\":false,\"can_restrict_"
     "members\":false,\"can_promote_members\":false,\"can_change_info\":false,"
     "\"can_invite_users\":false,\"can_post_stories\":false,\"can_edit_"
     "stories\":false,\"can_delete_stories\":false}",
     ""},
    {"getMyDescription", tgr_sim_get_kept, "description>description=\"\"", ""},
    {"getMyName", tgr_sim_get_kept, "name>name=\"Simulated bot\"", ""},
    {"getMyShortDescription", tgr_sim_get_kept, "short>short_description=\"\"",
     ""},
    {"getMyStarBalance", tgr_sim_get_fixed, "{\"amount\":0}", ""},
    {"getStarTransactions", tgr_sim_get_fixed, "{\"transactions\":[]}", ""},
    {"getStickerSet", tgr_sim_get_fixed,
     "{\"name\":\"simulated\",\"title\":\"Simulated\",\"sticker_type\":"
     "\"regular\",\"stickers\":[]}",
     "name"},
    {"getUpdates", tgr_sim_get_updates, "", ""},
    {"getUserChatBoosts", tgr_sim_get_fixed, "{\"boosts\":[]}",
     "chat_id user_id"},
    {"getUserGifts", tgr_sim_get_fixed, "{\"total_count\":0,\"gifts\":[]}", ""},
    {"getUserProfileAudios", tgr_sim_get_fixed,
     "{\"total_count\":0,\"audios\":[]}", "user_id"},
    {"getUserProfilePhotos", tgr_sim_get_fixed,
     "{\"total_count\":0,\"photos\":[]}", "user_id"},
    {"getWebhookInfo", tgr_sim_get_webhook, "", ""},
    {"giftPremiumSubscription", tgr_sim_set_true, "", ""},
    {"hideGeneralForumTopic", tgr_sim_set_true, "", "chat_id"},
    {"leaveChat", tgr_sim_set_true, "", "chat_id"},
    {"logOut", tgr_sim_set_true, "", ""},
    {"pinChatMessage", tgr_sim_set_true, "", "chat_id message_id"},
    {"postStory", tgr_sim_get_fixed,
     "{\"chat\":{\"id\":1000,\"type\":\"private\",\"first_name\":\"Console\"},"
     "\"id\":1}",
     "business_connection_id content"},
    {"promoteChatMember", tgr_sim_set_true, "", "chat_id user_id"},
    {"readBusinessMessage", tgr_sim_set_true, "", ""},
    {"refundStarPayment", tgr_sim_set_true, "", ""},
    {"removeBusinessAccountProfilePhoto", tgr_sim_set_true, "", ""},
    {"removeChatVerification", tgr_sim_set_true, "", "chat_id"},
    {"removeMyProfilePhoto", tgr_sim_set_true, "", ""},
    {"removeUserVerification", tgr_sim_set_true, "", "user_id"},
    {"reopenForumTopic", tgr_sim_set_true, "", "chat_id"},
    {"reopenGeneralForumTopic", tgr_sim_set_true, "", "chat_id"},
    {"replaceStickerInSet", tgr_sim_set_true, "", ""},
    {"repostStory", tgr_sim_set_true, "", ""},
    {"restrictChatMember", tgr_sim_set_true, "", "chat_id user_id"},
    {"revokeChatInviteLink", tgr_sim_set_link, "revoked",
     "chat_id invite_link"},
    {"savePreparedInlineMessage", tgr_sim_get_fixed,
     "{\"id\":\"simulated\",\"expiration_date\":4102444800}", "user_id result"},
    {"sendAnimation", tgr_sim_send_media, "animation", ""},
    {"sendAudio", tgr_sim_send_media, "audio", ""},
    {"sendChatAction", tgr_sim_set_true, "", "chat_id action"},
    {"sendChecklist", tgr_sim_send_part, "checklist:checklist", "checklist"},
    {"sendContact", tgr_sim_send_part,
     "contact:phone_number first_name last_name vcard",
     "phone_number first_name"},
    {"sendDice", tgr_sim_send_part, "dice:emoji", ""},
    {"sendDocument", tgr_sim_send_media, "document", ""},
    {"sendGame", tgr_sim_send_part, "game:game_short_name", "game_short_name"},
    {"sendGift", tgr_sim_set_true, "", ""},
    {"sendInvoice", tgr_sim_send_part, "invoice:title description currency",
     "title description payload currency prices"},
    {"sendLocation", tgr_sim_send_part,
     "location:latitude longitude horizontal_accuracy live_period heading "
     "proximity_alert_radius",
     "latitude longitude"},
    {"sendMediaGroup", tgr_sim_send_group, "", ""},
    {"sendMessage", tgr_sim_send_text, "", ""},
    {"sendMessageDraft", tgr_sim_send_draft, "", "chat_id"},
    {"sendPaidMedia", tgr_sim_send_part, "paid_media:star_count",
     "media star_count"},
    {"sendPhoto", tgr_sim_send_media, "photo", ""},
    {"sendPoll", tgr_sim_send_poll, "", ""},
    {"sendSticker", tgr_sim_send_media, "sticker", ""},
    {"sendVenue", tgr_sim_send_part, "venue:title address",
     "latitude longitude title address"},
    {"sendVideo", tgr_sim_send_media, "video", ""},
    {"sendVideoNote", tgr_sim_send_media, "video_note", ""},
    {"sendVoice", tgr_sim_send_media, "voice", ""},
    {"setBusinessAccountBio", tgr_sim_set_true, "", ""},
    {"setBusinessAccountGiftSettings", tgr_sim_set_true, "", ""},
    {"setBusinessAccountName", tgr_sim_set_true, "", ""},
    {"setBusinessAccountProfilePhoto", tgr_sim_set_true, "", ""},
    {"setBusinessAccountUsername", tgr_sim_set_true, "", ""},
    {"setChatAdministratorCustomTitle", tgr_sim_set_true, "",
     "chat_id user_id"},
    {"setChatDescription", tgr_sim_set_true, "", "chat_id"},
    {"setChatMemberTag", tgr_sim_set_true, "", "chat_id user_id"},
    {"setChatMenuButton", tgr_sim_set_kept, "menu_button>menu", ""},
    {"setChatPermissions", tgr_sim_set_true, "", "chat_id"},
    {"setChatPhoto", tgr_sim_set_true, "", "chat_id"},
    {"setChatStickerSet", tgr_sim_set_true, "", "chat_id"},
    {"setChatTitle", tgr_sim_set_true, "", "chat_id"},
    {"setCustomEmojiStickerSetThumbnail", tgr_sim_set_true, "", ""},
    {"setGameScore", tgr_sim_edit_other, "touch", ""},
    {"setMessageReaction", tgr_sim_set_true, "", "chat_id message_id"},
    {"setMyCommands", tgr_sim_set_kept, "commands>commands", "commands"},
    {"setMyDefaultAdministratorRights", tgr_sim_set_true, "", ""},
    {"setMyDescription", tgr_sim_set_kept, "description>description", ""},
    {"setMyName", tgr_sim_set_kept, "name>name", ""},
    {"setMyProfilePhoto", tgr_sim_set_true, "", ""},
    {"setMyShortDescription", tgr_sim_set_kept, "short_description>short", ""},
    {"setPassportDataErrors", tgr_sim_set_true, "", ""},
    {"setStickerEmojiList", tgr_sim_set_true, "", ""},
    {"setStickerKeywords", tgr_sim_set_true, "", ""},
    {"setStickerMaskPosition", tgr_sim_set_true, "", ""},
    {"setStickerPositionInSet", tgr_sim_set_true, "", ""},
    {"setStickerSetThumbnail", tgr_sim_set_true, "", ""},
    {"setStickerSetTitle", tgr_sim_set_true, "", ""},
    {"setUserEmojiStatus", tgr_sim_set_true, "", ""},
    {"setWebhook", tgr_sim_set_webhook, "", ""},
    {"stopMessageLiveLocation", tgr_sim_edit_other, "touch", ""},
    {"stopPoll", tgr_sim_edit_other, "poll", ""},
    {"transferBusinessAccountStars", tgr_sim_set_true, "", ""},
    {"transferGift", tgr_sim_set_true, "", ""},
    {"unbanChatMember", tgr_sim_set_true, "", "chat_id user_id"},
    {"unbanChatSenderChat", tgr_sim_set_true, "", "chat_id sender_chat_id"},
    {"unhideGeneralForumTopic", tgr_sim_set_true, "", "chat_id"},
    {"unpinAllChatMessages", tgr_sim_set_true, "", "chat_id"},
    {"unpinAllForumTopicMessages", tgr_sim_set_true, "", "chat_id"},
    {"unpinAllGeneralForumTopicMessages", tgr_sim_set_true, "", "chat_id"},
    {"unpinChatMessage", tgr_sim_set_true, "", "chat_id"},
    {"upgradeGift", tgr_sim_set_true, "", ""},
    {"uploadStickerFile", tgr_sim_upload_sticker, "", "user_id"},
    {"verifyChat", tgr_sim_set_true, "", "chat_id"},
    {"verifyUser", tgr_sim_set_true, "", "user_id"},
};

enum { TABLE_COUNT = sizeof table / sizeof *table };

/* First words of names that are served although they are not in the table. */
static const struct {
  const char *word;
  void (*run)(struct tgr_sim_call *call, const struct tgr_sim_method *method);
  const char *arg;
} plausible[] = {
    {"get", tgr_sim_get_fixed, "{}"},
    {"send", tgr_sim_send_part, "simulated:"},
    {"set", tgr_sim_set_true, ""},
    {"edit", tgr_sim_set_true, ""},
    {"delete", tgr_sim_set_true, ""},
    {"answer", tgr_sim_set_true, ""},
    {"ban", tgr_sim_set_true, ""},
    {"unban", tgr_sim_set_true, ""},
    {"restrict", tgr_sim_set_true, ""},
    {"promote", tgr_sim_set_true, ""},
    {"approve", tgr_sim_set_true, ""},
    {"decline", tgr_sim_set_true, ""},
    {"pin", tgr_sim_set_true, ""},
    {"unpin", tgr_sim_set_true, ""},
    {"create", tgr_sim_set_true, ""},
    {"close", tgr_sim_set_true, ""},
    {"reopen", tgr_sim_set_true, ""},
    {"hide", tgr_sim_set_true, ""},
    {"unhide", tgr_sim_set_true, ""},
    {"add", tgr_sim_set_true, ""},
    {"remove", tgr_sim_set_true, ""},
    {"upload", tgr_sim_set_true, ""},
    {"stop", tgr_sim_set_true, ""},
    {"transfer", tgr_sim_set_true, ""},
    {"verify", tgr_sim_set_true, ""},
};

const struct tgr_sim_method *tgr_sim_method_table(size_t *count) {
  *count = TABLE_COUNT;
  return table;
}

static int compare(const void *name, const void *method) {
  return strcasecmp(name, ((const struct tgr_sim_method *)method)->name);
}

static bool is_word(const char *name) {
  for (; *name != '\0'; name++)
    if (!isalpha((unsigned char)*name))
      return false;
  return true;
}

const struct tgr_sim_method *tgr_sim_method_find(const char *name,
                                                 struct tgr_sim_method *spare) {
  const struct tgr_sim_method *found =
      bsearch(name, table, TABLE_COUNT, sizeof *table, compare);
  if (found != NULL || !is_word(name))
    return found;
  for (size_t i = 0; i < sizeof plausible / sizeof *plausible; i++) {
    const size_t len = strlen(plausible[i].word);
    if (strncasecmp(name, plausible[i].word, len) != 0 || name[len] == '\0')
      continue;
    *spare =
        (struct tgr_sim_method){name, plausible[i].run, plausible[i].arg, ""};
    return spare;
  }
  return NULL;
}

/* What the real server says of a parameter that is missing. */
static const char *complaint_of(const char *name) {
  static const char *const complaints[][2] = {
      {"user_id", "invalid user_id specified"},
      {"message_id", "message identifier is not specified"},
      {"action", "wrong parameter action in request"},
      {"callback_query_id", "query is too old and response timeout expired or "
                            "query ID is invalid"},
      {"inline_query_id", "query is too old and response timeout expired or "
                          "query ID is invalid"},
  };
  for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++)
    if (strcmp(complaints[i][0], name) == 0)
      return complaints[i][1];
  return NULL;
}

/* False with the call answered when something is missing. */
static bool has_needs(struct tgr_sim_call *call, const char *needs) {
  while (*needs != '\0') {
    char name[40];
    const size_t len = strcspn(needs, " ");
    snprintf(name, sizeof name, "%.*s", (int)len, needs);
    needs += len + (needs[len] == ' ');
    if (strcmp(name, "chat_id") == 0) {
      if (tgr_sim_message_chat(call) == NULL)
        return false;
      continue;
    }
    if (tgr_sim_param_given(call->params, name) ||
        json_object_get(call->files, name) != NULL)
      continue;
    const char *complaint = complaint_of(name);
    if (complaint != NULL)
      tgr_sim_call_fail(call, 400, "Bad Request: %s", complaint);
    else
      tgr_sim_call_fail(call, 400, "Bad Request: %s is empty", name);
    return false;
  }
  return true;
}

static bool is_number(const json_t *value) {
  return json_is_number(value);
}

static bool is_object(const json_t *value) {
  return json_is_object(value);
}

/* False with the call answered when a parameter is given as something else than
 * it has to be. */
static bool has_shapes(struct tgr_sim_call *call) {
  static const struct {
    const char *name;
    bool (*fits)(const json_t *value);
    const char *complaint;
  } shapes[] = {
      {"latitude", is_number, "invalid latitude specified"},
      {"longitude", is_number, "invalid longitude specified"},
      {"reply_markup", is_object, "object expected as reply markup"},
  };
  for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
    json_t *value = tgr_sim_param_json(call->params, shapes[i].name);
    const bool fits = shapes[i].fits(value) ||
                      !tgr_sim_param_given(call->params, shapes[i].name);
    json_decref(value);
    if (!fits) {
      tgr_sim_call_fail(call, 400, "Bad Request: %s", shapes[i].complaint);
      return false;
    }
  }
  return true;
}

void tgr_sim_method_run(struct tgr_sim_call *call,
                        const struct tgr_sim_method *method) {
  if (has_needs(call, method->needs) && has_shapes(call))
    method->run(call, method);
}
