"""Distributed maps with JSONata for MiniStack, which reads their items as JSONPath, knows no batches, and leaves out what they give and assign."""

from ministack.services import stepfunctions

plain_run = stepfunctions._run_distributed_map


def run(state, raw_input, effective, iterator, execution, ctx):
    if stepfunctions._state_query_language(state, ctx) != "JSONata":
        return plain_run(state, raw_input, effective, iterator, execution, ctx)
    items = stepfunctions._jsonata_state_field(state, "Items", "array", raw_input, ctx)
    size = state.get("ItemBatcher", {}).get("MaxItemsPerBatch")
    batches = [{"Items": items[start : start + size]} for start in range(0, len(items), size)] if size else items
    # Child executions see none of the variables.
    result, after = plain_run(state, raw_input, batches, iterator, execution, {**ctx, "variables": {}})
    output = stepfunctions._apply_jsonata_output(state, raw_input, ctx, result=result, default=result)
    stepfunctions._apply_state_assign(state, raw_input, ctx, result=result)
    return output, after


stepfunctions._run_distributed_map = run
