/** On the server the package reads its own files, which a bundle would not have. */
export default { serverExternalPackages: ["offprint"] };
