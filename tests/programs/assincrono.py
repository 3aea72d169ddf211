import asyncio
import sys


async def atender(leitor, escritor):
    escritor.write(await leitor.read(100))
    await escritor.drain()
    escritor.close()


async def principal():
    servidor = await asyncio.start_server(atender, "127.0.0.1", int(sys.argv[1]))
    async with servidor:
        await servidor.serve_forever()


asyncio.run(principal())
