import {createRequire} from "node:module"; globalThis.require=createRequire(import.meta.url);
import {createServer} from 'vite';
const s=await createServer({root:'/work/main',configFile:'/work/main/vite.config.ts',server:{middlewareMode:true,hmr:false,watch:null,ws:false},appType:'custom',logLevel:'silent',optimizeDeps:{noDiscovery:true}});
await s.ssrLoadModule('/scripts/zz2.ts');
for(const [k] of s.environments.ssr.moduleGraph.idToModuleMap) if(/environment.js|engine.js|platform_node|tf-core/.test(k)) console.log(k);
await s.close();
