"""What stands beside what: each figure of ours with its rival or limit in the same run, as one table."""

import re

from comparison import aligned, in_words, times

# (program, our benchmark as a pattern, what stands beside it: its name with the groups of ours, what that is)
BESIDE = [
    ("schedule/place", r"place_pointwise/(5000)", r"by_hand/\1", "the loop by hand"),
    ("schedule/composition", r"as_a_profile/(5000)", r"by_hand/\1", "the loop by hand"),
    ("schedule/composition", r"as_a_profile/(5000)", r"by_functions/\1", "std::function"),
    ("schedule/composition", r"as_a_profile/(5000)", r"by_virtuals/\1", "virtual functions"),
    ("schedule/placer", r"gpus_placer", r"gpus_by_hand", "a good loop by hand"),
    ("schedule/placer", r"gpus_placer", r"gpus_place", "`place`, which remembers nothing"),
    ("schedule/gang", r"gang_anywhere/(8|64|256)/(\d+)", r"one_by_one/\1/\2", "the same tasks, one by one"),
    ("kube/schedule/placer", r"placer/SchedulingBasic/(5000|1000000)/manual_time", r"limit/\1",
     "one pass over four numbers a node"),
    ("kube/schedule/placer", r"placer/(\w+)/(5000)/manual_time", r"place/\1/\2/manual_time",
     "`place`, which remembers nothing"),
    ("kube/schedule/scheduler", r"decision/(5000)", r"by_hand/\1", "a loop that knows three things"),
    ("kube/schedule/whole_path", r"whole_path/(\w+)/real_time", r"writes/\1/real_time", "the writes alone"),
    ("kube/schedule/whole_path", r"whole_path/(\w+)/iterations:2/real_time", r"writes/\1/iterations:2/real_time",
     "the writes alone"),
    ("kube/control/replica_sets", r"plans/\w+", r"looks", "a look at each pod"),
    ("kube/control/replica_sets", r"(?:replica_set_of_10000|job_of_10000_indexes)", r"pods_by_hand",
     "the creations alone"),
    ("kube/values", r"copy_pod", r"copy_plain_struct", "a plain struct"),
    ("kube/values", r"compare_pod", r"compare_plain_struct", "a plain struct"),
    ("core/fair_queue", r"flat_queues/1", r"priority_queue", "std::priority_queue"),
    ("object/quantity", r"parse", r"parse_digits", "the digits alone"),
    ("object/quantity", r"print", r"print_integer", "the integer alone"),
    ("object/quantity", r"add", r"add_integers", "the integers alone"),
    ("object/selector", r"match", r"match_by_hand", "the comparisons by hand"),
    ("object/apply", r"apply_(?:again|another_image)", r"parse_the_document", "the parsing alone"),
    ("store/memory", r"put_existing/(10000)", r"put_existing_obvious/\1", "std::map and a log"),
    ("store/memory", r"deliver/(1000)/1", r"deliver_obvious/\1", "a copy for each watcher"),
    ("store/memory", r"range_prefix/(10000)", r"range_prefix_obvious/\1", "copies out of std::map"),
    ("store/watches", r"put_beside_idle_watches/5000", r"put_beside_idle_watches/0", "no watches"),
    ("store/lmdb", r"put/real_time/threads:1", r"raw_lmdb/1/real_time", "raw LMDB"),
    ("store/lmdb", r"put/real_time/threads:1", r"raw_write_and_fdatasync/real_time", "4 KiB and fdatasync"),
    ("store/lmdb", r"put/real_time/threads:64", r"raw_lmdb/64/real_time", "raw LMDB, 64 puts a commit"),
    ("store/lmdb", r"put/real_time/threads:256", r"raw_lmdb/256/real_time", "raw LMDB, 256 puts a commit"),
    ("store/etcd", r"put/real_time/threads:64", r"etcd_check_perf/l/iterations:1/real_time", "etcd's load generator"),
    ("reconcile/queue", r"(work|shared)_queue/numbers", r"set_and_deque/numbers", "sets and a deque"),
    ("reconcile/queue", r"work_queue/names", r"hash_set_and_deque/names", "hash sets and a deque"),
    ("reconcile/queue", r"shared_queue/16\+16_threads/shards:16/at_once:(1|16|64)/process_time/real_time",
     r"hash_set_and_deque/16\+16_threads/process_time/real_time", "hash sets and a deque"),
    ("reconcile/cache", r"fill/(\d+)", r"fill_map/\1", "a map by name, without indexes"),
    ("reconcile/loop", r"by_controller", r"by_hand", "the writes alone"),
    ("node/fleet", r"heartbeats/(\d+)", r"renewals_by_hand/\1", "the renewals alone"),
    ("node/process_runtime", r"containers/log:0/real_time", r"posix_spawned/real_time", "posix_spawn"),
]


def beside(program, name):
    """(name of the other, what it is) for each that stands beside a benchmark; both without the level."""
    for where, ours, other, what in BESIDE:
        if where == program and (found := re.fullmatch(ours, name)):
            # Not `expand`: names have characters that it would take for its own.
            yield re.sub(r"\\(\d)", lambda group: found[int(group[1])], other).replace("\\+", "+"), what


def table(results):
    """A line for each pair of which both have run: rates of items where both count them, else times."""
    rows = {}
    for row in results:
        if row.get("run_type", "iteration") == "iteration" and not row.get("error_occurred") and "real_time" in row:
            rows.setdefault((row["program"], row["level"], row["name"]), row)
    lines = [["benchmark", "ours", "beside it", "x", ""]]
    for (program, level, name), row in rows.items():
        for other_name, what in beside(program, name):
            other = rows.get((program, level, other_name))
            if other is None:
                continue
            label = f"{program}: {name}" + ("" if level == 3 else f" at -O{level}")
            if "items_per_second" in row and "items_per_second" in other:
                mine, theirs = row["items_per_second"], other["items_per_second"]
                lines.append([label, f"{mine:,.0f} /s", f"{theirs:,.0f} /s", f"{mine / theirs:.2f}", what])
            else:
                mine, theirs = (times([r]).popitem()[1][0] for r in (row, other))
                lines.append([label, in_words(mine), in_words(theirs), f"{theirs / mine:.2f}", what])
    return aligned(lines, left=(0, 4))
