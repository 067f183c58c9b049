import { defineTable } from '../../table.js';

/** Tencent Cloud image processing: `X-ErrNo` of a failed download. */
export default /* @__PURE__ */ defineTable({
  system: 'image',
  table: 'download',
  source: 'seed 002_d9155235a89dd82b',
  columns: ['code', 'meaning', 'prompt'],
  rows: [
    ['-6101', '图片不存在、图片没有上传或者图片已经删除', 'fault'],
    ['-5062', '图片涉嫌违禁', 'changeImage'],
    ['-902', '镜像存储功能把请求转发到开发商源站，但没有收到响应，超时了', 'serverFailed'],
    ['-100', '未知错误，某些场景或者逻辑未定义', 'serverFailed'],
    ['-101', '存储文件失败', 'serverFailed'],
    ['-103', '无效的请求；请求报文无法识别', 'fault'],
    ['-104', '无效的appid。Url中包含的appid无效,或者域名没有和appid绑定', 'fault'],
    ['-105', '无效的样式名。 Url中指定的样式名或者别名没有配置', 'fault'],
    ['-106', '无效的URL。 Url格式不符合格式要求', 'fault'],
    ['-107', '无效的Host头域', 'fault'],
    ['-108', '无效的Referer', 'fault'],
    ['-109', '无效的样式名ID。没有找到该样式名对应的图片。可能是上传该图片后，新增的样式名， 因此图片上传时不能生成该样式名对应的数据', 'fault'],
    ['-110', '该图片在黑名单中', 'changeImage'],
    ['-111', 'http服务器内部错误', 'serverFailed'],
    ['-120', '回源到源站获取数据时，源站返回的数据有异常，无法正常获取到图片数据', 'serverFailed'],
    ['-121', 'http服务器内部错误', 'serverFailed'],
    ['-122/-123', '图片数据没有修改，客户端可以使用缓存数据', 'proceed'],
    ['-124', '下载偏移错误。 Http请求的Range 断点续传偏移量可能设置错误', 'fault'],
    ['-129', '无法预料的错误', 'serverFailed'],
    ['-130/-140', 'http服务器内部错误', 'serverFailed'],
  ],
});
