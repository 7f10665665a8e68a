/**
 * Rules that no ready-made one covers. `no-waiting`: core code is a function of its inputs, so nothing in it may wait.
 */
const noWaiting = {
  create(context) {
    const report = (node, what) => context.report({ node, message: `${what} in core code: the engine never waits, results arrive as inputs` })
    const checkFunction = (node) => {
      if (node.async) report(node, 'async function')
    }
    return {
      FunctionDeclaration: checkFunction,
      FunctionExpression: checkFunction,
      ArrowFunctionExpression: checkFunction,
      AwaitExpression: (node) => report(node, 'await'),
      ForOfStatement: (node) => {
        if (node.await) report(node, 'for await')
      },
      NewExpression: (node) => {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Promise') report(node, 'new Promise')
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date') report(node, 'new Date')
      },
    }
  },
}

export default { meta: { name: 'ballast' }, rules: { 'no-waiting': noWaiting } }
