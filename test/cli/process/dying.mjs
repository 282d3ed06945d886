// A stand-in for the command line that ends without a word: `train SIGNAL|CODE`.
const how = process.argv[3];
if (/^\d/.test(how)) process.exit(Number(how));
else process.kill(process.pid, how);
setInterval(() => {}, 1000);
