import { z } from 'zod';
import type { Row } from '../../../domain/effect.ts';
import type { Json } from '../../../domain/json.ts';
import { isObject } from '../airline/python-operations.ts';
import type { OperationContext } from '../service.ts';
import { refuse } from '../tool-operation.ts';
import { apiClass, apiFunction, nextNumber, SESSION, sessionOf } from './api-class.ts';

const text = z.string();
const texts = z.array(text).default([]);
const TweetId = z.strictObject({ tweet_id: z.int() });

/** The name of who is logged in. */
function author(context: OperationContext): string {
  const { authenticated, username } = sessionOf(context);
  return authenticated === true ? String(username) : refuse('log in first: authenticate_twitter');
}

function tweetOf({ table }: OperationContext, id: number): Row {
  return table('tweets').get(String(id)) ?? refuse(`there is no tweet ${id}`);
}

function tweetsWhere({ table }: OperationContext, fits: (tweet: Row) => boolean): Row[] {
  return [...table('tweets').all()].filter(fits);
}

function commentsOf({ table }: OperationContext, id: number): Row[] {
  return [...table('comments').all()].filter((comment) => comment.tweet_id === id);
}

const functions = [
  apiFunction(
    'authenticate_twitter',
    z.strictObject({ username: text, password: text }),
    ({ username, password }, context) => {
      const session = sessionOf(context);
      const right = session.username === username && session.password === password;
      if (right) context.table('session').update(SESSION, { authenticated: true });
      return { authentication_status: right };
    },
  ),
  apiFunction('posting_get_login_status', z.strictObject({}), (_, context) => ({
    login_status: sessionOf(context).authenticated === true,
  })),
  apiFunction(
    'post_tweet',
    z.strictObject({ content: text, tags: texts, mentions: texts }),
    ({ content, tags, mentions }, context) => {
      const username = author(context);
      const id = nextNumber(context, 'tweet_counter');
      return context.table('tweets').insert({ id, username, content, tags, mentions });
    },
  ),
  apiFunction('retweet', TweetId, ({ tweet_id }, context) => {
    const username = author(context);
    tweetOf(context, tweet_id);
    const key = `${username}/${tweet_id}`;
    if (context.table('retweets').get(key)) return { retweet_status: 'Already retweeted' };
    context.table('retweets').insert({ key, username, tweet_id });
    return { retweet_status: 'Successfully retweeted' };
  }),
  apiFunction(
    'comment',
    z.strictObject({ tweet_id: z.int(), comment_content: text }),
    ({ tweet_id, comment_content }, context) => {
      const username = author(context);
      tweetOf(context, tweet_id);
      const key = `${tweet_id}/${commentsOf(context, tweet_id).length + 1}`;
      context.table('comments').insert({ key, tweet_id, username, content: comment_content });
      return { comment_status: 'Comment added successfully' };
    },
  ),
  apiFunction(
    'mention',
    z.strictObject({ tweet_id: z.int(), mentioned_usernames: z.array(text) }),
    ({ tweet_id, mentioned_usernames }, context) => {
      const { mentions = [] } = tweetOf(context, tweet_id);
      const all = [...(Array.isArray(mentions) ? mentions : []), ...mentioned_usernames];
      context.table('tweets').update(String(tweet_id), { mentions: all });
      return { mention_status: 'Users mentioned successfully' };
    },
  ),
  apiFunction('follow_user', z.strictObject({ username_to_follow: text }), (given, context) => {
    author(context);
    const username = given.username_to_follow;
    if (context.table('following').get(username)) return { follow_status: false };
    context.table('following').insert({ username });
    return { follow_status: true };
  }),
  apiFunction('unfollow_user', z.strictObject({ username_to_unfollow: text }), (given, context) => {
    author(context);
    const username = given.username_to_unfollow;
    if (!context.table('following').get(username)) return { unfollow_status: false };
    context.table('following').delete(username);
    return { unfollow_status: true };
  }),
  apiFunction('list_all_following', z.strictObject({}), (_, context) => {
    author(context);
    return { following_list: [...context.table('following').all()].map(({ username }) => username ?? null) };
  }),
  apiFunction('get_tweet', TweetId, ({ tweet_id }, context) => tweetOf(context, tweet_id)),
  apiFunction('get_user_tweets', z.strictObject({ username: text }), ({ username }, context) => ({
    user_tweets: tweetsWhere(context, (tweet) => tweet.username === username),
  })),
  apiFunction('search_tweets', z.strictObject({ keyword: text }), ({ keyword }, context) => {
    const wanted = keyword.toLowerCase();
    const holds = (value: Json | undefined) =>
      JSON.stringify(value ?? '')
        .toLowerCase()
        .includes(wanted);
    return { matching_tweets: tweetsWhere(context, ({ content, tags }) => holds(content) || holds(tags)) };
  }),
  apiFunction('get_tweet_comments', TweetId, ({ tweet_id }, context) => {
    tweetOf(context, tweet_id);
    return {
      comments: commentsOf(context, tweet_id).map(({ username = '', content = '' }) => ({
        username,
        content,
      })),
    };
  }),
  apiFunction('get_user_stats', z.strictObject({ username: text }), ({ username }, context) => {
    const retweets = [...context.table('retweets').all()].filter((retweet) => retweet.username === username);
    return {
      tweet_count: tweetsWhere(context, (tweet) => tweet.username === username).length,
      following_count:
        sessionOf(context).username === username ? [...context.table('following').all()].length : 0,
      retweet_count: retweets.length,
    };
  }),
];

/** Short public messages with comments and followers. What is posted is out: a tweet knows no way back. */
export const posting = apiClass({
  name: 'TwitterAPI',
  service: 'posting',
  tables: {
    tweets: { key: 'id', irreversible: true },
    comments: { key: 'key', irreversible: true },
    retweets: { key: 'key', irreversible: true },
    following: { key: 'username' },
    session: { key: 'id' },
  },
  functions,
  writes: [
    'authenticate_twitter',
    'post_tweet',
    'retweet',
    'comment',
    'mention',
    'follow_user',
    'unfollow_user',
  ],
  harmless: ['session'],
  rowsOf(config) {
    const { username = null, password = null, authenticated = false, tweet_counter = 0 } = config;
    const lists = (member: string) =>
      Object.entries(isObject(config[member] ?? null) ? (config[member] as object) : {});
    return {
      tweets: lists('tweets').map(([, tweet]) => tweet as Row),
      comments: lists('comments').flatMap(([tweet, comments]) =>
        (comments as Row[]).map((comment, place) => ({
          key: `${tweet}/${place + 1}`,
          tweet_id: Number(tweet),
          username: comment.username ?? null,
          content: comment.content ?? comment.comment ?? null,
        })),
      ),
      retweets: lists('retweets').flatMap(([user, tweets]) =>
        (tweets as number[]).map((tweet) => ({ key: `${user}/${tweet}`, username: user, tweet_id: tweet })),
      ),
      following: (Array.isArray(config.following_list) ? config.following_list : []).map((followed) => ({
        username: followed,
      })),
      session: [{ id: SESSION, username, password, authenticated, tweet_counter }],
    };
  },
});
