import type { Described } from './described.ts'

const messages = [
  { role: 'system', content: 'You grade answers.' },
  { role: 'user', content: 'Task 7' },
]
const TIME = 1772359200

/** Logs of requests. */
export const REQUESTS: readonly Described[] = [
  [
    'litellm_spendlogs',
    {
      data: [
        {
          ...{
            request_id: 'chatcmpl-1',
            call_type: 'acompletion',
            api_key: 'a'.repeat(64),
            spend: 0.1,
            model: 'm-1',
            user: 'u1',
          },
          ...{
            startTime: '2026-03-01T10:00:00.123Z',
            endTime: '2026-03-01T10:00:02Z',
            prompt_tokens: 5,
            completion_tokens: 7,
          },
          ...{ custom_llm_provider: 'x', requester_ip_address: '203.0.113.7', end_user: 'e1', messages, team_id: 't1' },
          request_tags: ['User-Agent: OpenAI', 'User-Agent: OpenAI/Python 1.61.0'],
        },
      ],
      total: 1,
      page: 1,
      page_size: 50,
      total_pages: 1,
    },
    {
      account_id: 'u1',
      ip: '203.0.113.7',
      user_agent: 'OpenAI/Python 1.61.0',
      system_prompt: 'You grade answers.',
      user_prompt: 'Task 7',
      input_tokens: 5,
      timestamp: TIME * 1000 + 123,
    },
  ],
  [
    'kong_ai',
    {
      ...{
        started_at: TIME * 1000,
        client_ip: '203.0.113.7',
        latencies: { kong: 3, request: 900, proxy: 890 },
        workspace: 'w',
        upstream_uri: '/v1',
      },
      request: { id: 'r1', uri: '/chat', headers: { 'user-agent': 'curl/8.0' } },
      response: { status: 200 },
      consumer: { id: 'c1', username: 'anna', custom_id: 'u1' },
      ai: {
        proxy: {
          usage: { prompt_tokens: 5, completion_tokens: 7 },
          meta: { request_model: 'm-1' },
          payload: { request: JSON.stringify({ messages }) },
        },
      },
    },
    {
      account_id: 'u1',
      request_id: 'r1',
      ip: '203.0.113.7',
      model: 'm-1',
      output_tokens: 7,
      user_prompt: 'Task 7',
      status: '200',
    },
  ],
  [
    'envoy_ai_gateway',
    {
      ...{
        start_time: '2026-03-01T10:00:00.123Z',
        response_code: 200,
        duration: 900,
        downstream_remote_address: '10.0.0.1:4711',
      },
      ...{
        genai_model_name: 'm-1',
        genai_tokens_input: '5',
        genai_tokens_output: 7,
        'x-request-id': 'r1',
        'x-forwarded-for': '203.0.113.7',
        'user-agent': '-',
      },
    },
    { request_id: 'r1', ip: '203.0.113.7', model: 'm-1', input_tokens: 5 },
  ],
  [
    'vertex_bq',
    {
      ...{
        logging_time: '2026-03-01 10:00:00.123456 UTC',
        request_id: '9007199254740993',
        deployed_model_id: 'd',
        endpoint: 'projects/1/endpoints/2',
        model: 'm-1',
      },
      ...{ request_payload: [], response_payload: [], metadata: '{"request_latency":900}' },
      full_request: JSON.stringify({
        contents: [{ role: 'user', parts: [{ text: 'Task 7' }] }],
        system_instruction: { parts: [{ text: 'You grade answers.' }] },
      }),
      full_response: JSON.stringify({
        usage_metadata: { prompt_token_count: 5, candidates_token_count: 7 },
        candidates: [{ finish_reason: 'STOP' }],
      }),
    },
    {
      request_id: '9007199254740993',
      input_tokens: 5,
      user_prompt: 'Task 7',
      system_prompt: 'You grade answers.',
      timestamp: TIME * 1000 + 123,
    },
  ],
  [
    'tyk_csv',
    'Method,Host,Path,APIKey,TimeStamp,ResponseCode,APIID,OrgID,RequestTime,IPAddress,UserAgent,Alias,GeoData.Country.ISOCode\nPOST,h,/v1,ab12,2026-03-01 10:00:00.123 +0000 UTC m=+0.01,200,a,o,900,203.0.113.7,x/1,u1,NL\n',
    { account_id: 'u1', ip: '203.0.113.7', user_agent: 'x/1', status: '200', timestamp: TIME * 1000 + 123 },
  ],
  [
    'newapi_logs',
    `id,user_id,created_at,type,content,username,token_name,model_name,quota,prompt_tokens,completion_tokens,use_time,is_stream,channel_id,token_id,group,ip,request_id,other\n1,1001,${TIME},2,,ua,k,m-1,2100,5,7,2,1,7,301,default,203.0.113.7,r1,"{""cache_tokens"":3}"\n2,1001,${TIME},1,top up,ua,,,500,0,0,0,0,0,0,default,,,""\n`,
    { account_id: '1001', ip: '203.0.113.7', model: 'm-1', input_tokens: 5, cached_tokens: 3 },
  ],
  [
    'helicone',
    {
      request_id: 'r1',
      request_created_at: '2026-03-01T10:00:00Z',
      response_status: 200,
      delay_ms: 900,
      request_path: '/v1',
      request_user_id: 'u1',
      request_model: 'm-1',
      prompt_tokens: 5,
      completion_tokens: 7,
      request_body: { messages, user: 'e1' },
      provider: 'X',
    },
    { account_id: 'u1', end_user_id: 'e1', model: 'm-1', system_prompt: 'You grade answers.' },
  ],
  [
    'otlp_genai',
    {
      resourceLogs: [
        {
          resource: { attributes: [{ key: 'user.id', value: { stringValue: 'u1' } }] },
          scopeLogs: [
            {
              logRecords: [
                {
                  ...{
                    timeUnixNano: '1772359200123456789',
                    traceId: 'abc',
                    body: { kvlistValue: { values: [{ key: 'text', value: { stringValue: 'Task 7' } }] } },
                  },
                  attributes: [
                    { key: 'gen_ai.system', value: { stringValue: 'x' } },
                    { key: 'gen_ai.request.model', value: { stringValue: 'm-1' } },
                    { key: 'gen_ai.usage.prompt_tokens', value: { intValue: '5' } },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
    { account_id: 'u1', model: 'm-1', input_tokens: 5, user_prompt: 'Task 7', timestamp: TIME * 1000 + 123 },
  ],
]
