// telegraf: node telegraf.js WORKLOAD
import http from "node:http";
import { Telegraf } from "telegraf";

const workload = process.argv[2];
const bot = new Telegraf(process.env.BOT_TOKEN, {
  telegram: {
    apiRoot: process.env.API_ROOT,
    agent: process.env.API_ROOT.startsWith("http:") ? new http.Agent({ keepAlive: true }) : undefined,
  },
});
let seen = 0;
const count = () => { seen++; };

const workloads = {
  echo() {
    bot.on("text", (ctx) => ctx.reply(ctx.message.text));
  },
  route() {
    bot.command("help", count);
    bot.command("start", count);
    bot.on("callback_query", count);
    bot.on("text", count);
  },
  heavy() {
    bot.on("photo", (ctx) => {
      const message = ctx.message;
      let links = 0;
      for (const entity of message.caption_entities) if (entity.type === "url") links++;
      return ctx.reply(`${message.caption.slice(-20).match(/message \d+$/)[0]}, links: ${links}, ` +
        message.photo[message.photo.length - 1].file_id);
    });
  },
};

workloads[workload]();
bot.launch();
