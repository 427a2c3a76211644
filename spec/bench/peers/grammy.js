// grammY with its runner: node grammy.js WORKLOAD
import { run, sequentialize } from "@grammyjs/runner";
import { Bot } from "grammy";

const workload = process.argv[2];
const bot = new Bot(process.env.BOT_TOKEN, { client: { apiRoot: process.env.API_ROOT } });
let seen = 0;
const count = () => { seen++; };

const echo = () => bot.on("message:text", (ctx) => ctx.reply(ctx.msg.text));

const workloads = {
  echo,
  ordered() {
    bot.use(sequentialize((ctx) => String(ctx.chatId)));
    echo();
  },
  route() {
    bot.command("help", count);
    bot.command("start", count);
    bot.on("callback_query:data", count);
    bot.on("message:text", count);
  },
  heavy() {
    bot.on("message:photo", (ctx) => {
      let links = 0;
      for (const entity of ctx.msg.caption_entities) if (entity.type === "url") links++;
      const photo = ctx.msg.photo;
      return ctx.reply(`${ctx.msg.caption.slice(-20).match(/message \d+$/)[0]}, links: ${links}, ` +
        photo[photo.length - 1].file_id);
    });
  },
  suspended() {
    bot.on("message", () => new Promise((done) => setTimeout(done, 3600000)));
  },
};

workloads[workload]();
run(bot, { sink: { concurrency: workload === "suspended" ? 20000 : 500 } });
