#pragma once

/// \file
/// A plugin of a shared library as a filter and a score ask it: about all nodes at once, and, where their
/// columns are kept and there was a task like this one, only about those that have changed.

#include <berth/core/config.hpp>
#include <berth/schedule/filter.hpp>
#include <berth/schedule/plugin_abi.h>
#include <berth/schedule/plugin_columns.hpp>
#include <berth/schedule/score.hpp>
#include <berth/schedule/track.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule::detail {

/// What stands for the verdict of a call that failed.
inline constexpr std::uint8_t failed_verdict = 255;

/// What a call is made of, and what was answered; reused.
class plugin_call {
public:
    std::vector<std::uint8_t> verdicts; ///< of a filter
    std::vector<points> column;         ///< of a score
    std::int32_t status = BERTH_OK;

    template <class T> [[nodiscard]] auto answers() -> std::vector<T>& {
        if constexpr (std::is_same_v<T, points>) return column;
        else return verdicts;
    }

    /// About these nodes as they are, whose columns are copied.
    template <class Binding, class Task, class Node>
    auto about(Binding const& with, Task const& task, std::span<Node const> nodes) -> berth_call const& {
        auto const count = nodes.size();
        if (values_.size() < with.node.size() * count) values_.resize(with.node.size() * count);
        columns_.clear();
        for (std::size_t c = 0; c < with.node.size(); ++c) columns_.push_back(values_.data() + c * count);
        for (std::size_t begin = 0; begin < count; begin += block) {
            auto const size = std::min(count - begin, block);
            for (std::size_t c = 0; c < with.node.size(); ++c)
                with.node[c].gather(nodes.data() + begin, size, with.node[c].key,
                                    values_.data() + c * count + begin);
        }
        read_task(with, task, task_);
        knows_.reset();
        return call(count);
    }
    /// About some of the nodes whose columns are kept, and the task of `changed_for`.
    template <class Binding>
    auto about_kept(Binding const& with, std::size_t first, std::size_t count) -> berth_call const& {
        columns_.clear();
        for (auto const place : with.kept_columns) columns_.push_back(with.kept->column(place) + first);
        return call(count);
    }

    /// Whether the last call was about a task that the plugin does not tell from this one.
    [[nodiscard]] auto is_about(std::vector<berth_value> const& task) const -> bool {
        auto const bytes = task.size() * sizeof(berth_value);
        return task_.size() == task.size() &&
               (bytes == 0 || std::memcmp(task_.data(), task.data(), bytes) == 0);
    }
    /// The nodes that have changed since the answer that is here, in `with.kept`; all of them if it is none,
    /// or was about a task that the plugin tells from this one.
    template <class Binding>
    auto changed_for(Binding const& with, std::vector<berth_value> const& task)
        -> std::optional<std::span<std::size_t const>> {
        auto const alike = is_about(task);
        if (!alike) task_ = task;
        auto const known = std::exchange(knows_, with.kept->now());
        return alike && known ? with.kept->changed_since(*known) : std::nullopt;
    }
    /// The answer that is here is none about nodes whose columns are kept, or not as the plugin gave it.
    auto forget() -> void { knows_.reset(); }

    /// What a plugin reads of a task.
    template <class Binding, class Task>
    static auto read_task(Binding const& with, Task const& task, std::vector<berth_value>& to) -> void {
        to.resize(with.task.size());
        for (std::size_t c = 0; c < to.size(); ++c) with.task[c].gather(&task, 1, with.task[c].key, &to[c]);
    }

private:
    /// So many nodes are read for all columns before the next ones are: they are near by then.
    static constexpr std::size_t block = 128;

    auto call(std::size_t nodes) -> berth_call const& {
        call_ = {
            .size = sizeof(berth_call), .nodes = nodes, .columns = columns_.data(), .task = task_.data()};
        return call_;
    }

    std::vector<berth_value> values_;
    std::vector<void const*> columns_;
    std::vector<berth_value> task_;            ///< whom the call is about
    std::optional<plugin_columns_time> knows_; ///< of what time the answer is
    berth_call call_ = {};
};

/// A plugin that is open.
class open_plugin {
public:
    berth_plugin table = {}; ///< what the library and its host both know of it
    std::vector<berth_field> node_fields;
    std::vector<berth_field> task_fields;
    std::vector<verdict>
        refusals; ///< by reason, 1 being the first; in words of the library, which stays loaded
    std::string name;
    void* self = nullptr;
    bool opened = false;

    open_plugin() = default;
    open_plugin(open_plugin const&) = delete;
    auto operator=(open_plugin const&) -> open_plugin& = delete;
    ~open_plugin() {
        delete spare_.load();
        if (opened && table.close != nullptr) table.close(self);
    }

    /// What a verdict of the plugin means. `status` is what the call answered.
    [[nodiscard]] auto verdict_of(std::int32_t status, std::uint8_t said) const -> verdict;

    /// A call whose answers nobody asks for again, with the memory of the last such.
    [[nodiscard]] auto take() const -> std::unique_ptr<plugin_call> {
        auto out = std::unique_ptr<plugin_call>(spare_.exchange(nullptr));
        return out ? std::move(out) : std::make_unique<plugin_call>();
    }
    auto give_back(std::unique_ptr<plugin_call> used) const -> void {
        delete spare_.exchange(used.release());
    }

    /// Of so many kinds of tasks the answers are kept.
    static constexpr std::size_t most_answers = 8;

    /// The call that was kept about a task like this; if there is none, the one used the longest ago.
    [[nodiscard]] auto take_kept(std::vector<berth_value> const& task) const -> std::unique_ptr<plugin_call> {
        auto const lock = std::scoped_lock(mutex_);
        auto found =
            std::find_if(kept_.begin(), kept_.end(), [&](auto const& one) { return one->is_about(task); });
        if (found == kept_.end()) {
            if (kept_.size() < most_answers) return std::make_unique<plugin_call>();
            found = kept_.begin();
        }
        auto out = std::move(*found);
        kept_.erase(found);
        return out;
    }
    auto keep(std::unique_ptr<plugin_call> used) const -> void {
        auto const lock = std::scoped_lock(mutex_);
        if (kept_.size() == most_answers) kept_.erase(kept_.begin());
        kept_.push_back(std::move(used));
    }

private:
    mutable std::atomic<plugin_call*> spare_{nullptr};
    mutable std::mutex mutex_;
    mutable std::vector<std::unique_ptr<plugin_call>> kept_; ///< in the order in which they were used
};

/// A call that goes back to its plugin.
class borrowed_call {
public:
    explicit borrowed_call(open_plugin const& from) : from_(&from), call_(from.take()) {}
    /// One whose answers are kept.
    borrowed_call(open_plugin const& from, std::vector<berth_value> const& task)
        : from_(&from), kept_(true), call_(from.take_kept(task)) {}
    borrowed_call(borrowed_call&& other) noexcept = default;
    borrowed_call(borrowed_call const& other)
        : from_(other.from_), kept_(other.kept_), call_(std::make_unique<plugin_call>(*other.call_)) {}
    auto operator=(borrowed_call other) noexcept -> borrowed_call& {
        std::swap(from_, other.from_);
        std::swap(kept_, other.kept_);
        std::swap(call_, other.call_);
        return *this;
    }
    ~borrowed_call() {
        if (call_ && kept_) from_->keep(std::move(call_));
        else if (call_) from_->give_back(std::move(call_));
    }
    auto operator->() const -> plugin_call* { return call_.get(); }
    auto operator*() const -> plugin_call& { return *call_; }

private:
    open_plugin const* from_;
    bool kept_ = false;
    std::unique_ptr<plugin_call> call_;
};

/// A plugin with the columns that it reads, of those that the host has.
template <class Task, class Node> struct plugin_binding {
    std::shared_ptr<open_plugin const> plugin;
    std::vector<plugin_column<Task>> task;
    std::vector<plugin_column<Node>> node;
    plugin_columns<Node> const* kept = nullptr;
    std::vector<std::size_t> kept_columns; ///< where those of nodes are among the ones that are kept

    /// The verdicts on, or the points of, some nodes as they are now, and the status of the call. Where it
    /// fails no node is accepted, and none has points.
    template <class T> auto ask(Task const& t, std::span<Node const> nodes, T* to) const -> std::int32_t {
        auto const call = borrowed_call(*plugin);
        auto const status = invoke(call->about(*this, t, nodes), to);
        if (status != BERTH_OK) std::fill_n(to, nodes.size(), failed<T>);
        return status;
    }
    /// The same of all nodes of a decision, whose columns may be kept.
    template <class T> auto ask_all(Task const& t, std::span<Node const> nodes) const -> borrowed_call {
        if (kept != nullptr && kept->holds(nodes)) return ask_kept<T>(t, nodes.size());
        auto out = borrowed_call(*plugin);
        auto& to = out->template answers<T>();
        to.resize(nodes.size());
        out->status = invoke(out->about(*this, t, nodes), to.data());
        if (out->status != BERTH_OK) std::fill(to.begin(), to.end(), failed<T>);
        return out;
    }

private:
    /// Of all nodes whose columns are kept.
    template <class T> auto ask_kept(Task const& t, std::size_t nodes) const -> borrowed_call {
        thread_local auto read = std::vector<berth_value>();
        plugin_call::read_task(*this, t, read);
        auto out = borrowed_call(*plugin, read);
        auto& to = out->template answers<T>();
        auto const changed = out->changed_for(*this, read);
        if (changed && to.size() == nodes) {
            for (auto const i : *changed)
                if (out->status == BERTH_OK) out->status = invoke(out->about_kept(*this, i, 1), &to[i]);
        } else {
            to.resize(nodes);
            out->status = invoke(out->about_kept(*this, 0, nodes), to.data());
        }
        if (out->status != BERTH_OK) {
            std::fill(to.begin(), to.end(), failed<T>);
            out->forget();
        }
        return out;
    }

    template <class T> static constexpr T failed =
        std::is_same_v<T, points> ? T{0} : static_cast<T>(failed_verdict);

    auto invoke(berth_call const& call, std::uint8_t* verdicts) const -> std::int32_t {
        return plugin->table.filter(plugin->self, &call, verdicts);
    }
    auto invoke(berth_call const& call, points* column) const -> std::int32_t {
        return plugin->table.score(plugin->self, &call, column);
    }
};

/// What a plugin says of all nodes of a decision.
template <class Node> struct library_answers {
    std::span<Node const> nodes;
    borrowed_call call;
};

/// Follows the verdicts of a plugin on all nodes.
template <class Task, class Node> class library_filter_tracker {
public:
    library_filter_tracker(plugin_binding<Task, Node> bound, Task task, plugin_call const& now)
        : bound_(std::move(bound)), task_(std::move(task)), verdicts_(now.verdicts), status_(now.status) {}

    [[nodiscard]] auto accepts(std::size_t node) const -> bool { return verdicts_[node] == 0; }
    auto entered(Task const&, std::size_t node, std::span<Node const> nodes, int, stale_nodes& stale)
        -> void {
        auto const before = verdicts_[node];
        auto const status = bound_.ask(task_, nodes.subspan(node, 1), &verdicts_[node]);
        if (status == status_ && verdicts_[node] == before) return;
        if (status == status_) return stale.node(node);
        status_ = bound_.ask(task_, nodes, verdicts_.data()); // it fails, or fails no more
        stale.all();
    }

private:
    plugin_binding<Task, Node> bound_;
    Task task_;
    std::vector<std::uint8_t> verdicts_;
    std::int32_t status_;
};

/// Follows the points that a plugin gives all nodes.
template <class Task, class Node> class library_score_tracker {
public:
    library_score_tracker(plugin_binding<Task, Node> bound, Task task, plugin_call const& now)
        : bound_(std::move(bound)), task_(std::move(task)), all_(now.column) {}

    [[nodiscard]] auto points_of(std::size_t node) const -> points { return all_[node]; }
    [[nodiscard]] static auto takes_part() -> bool { return true; }
    auto entered(Task const&, std::size_t node, std::span<Node const> nodes, int, stale_nodes& stale)
        -> void {
        auto const before = all_[node];
        bound_.ask(task_, nodes.subspan(node, 1), &all_[node]);
        if (all_[node] != before) stale.node(node);
    }

private:
    plugin_binding<Task, Node> bound_;
    Task task_;
    std::vector<points> all_;
};

/// A filter's plugin as a leaf asks it.
template <class Task, class Node> struct library_filter_call {
    using state = library_answers<Node>;

    plugin_binding<Task, Node> bound;

    auto prepare(Task const& task, std::span<Node const> nodes) const -> state {
        return {nodes, bound.template ask_all<std::uint8_t>(task, nodes)};
    }
    auto advance(state s, Task const& task, change<Node> const& what) const -> state {
        auto& verdicts = s.call->verdicts;
        s.call->forget();
        s.call->status = bound.ask(task, {&what.after, 1}, &verdicts[what.node]);
        if (s.call->status != BERTH_OK) std::fill(verdicts.begin(), verdicts.end(), failed_verdict);
        return s;
    }
    auto accepts(Task const& task, Node const& node, state const& s) const -> bool {
        auto const at = static_cast<std::size_t>(&node - s.nodes.data());
        return at < s.nodes.size() ? s.call->verdicts[at] == 0 : ask(task, node).accepted();
    }
    /// The verdict on a node: one of those that were asked about, or as it would be.
    auto operator()(Task const& task, Node const& node, state const& s) const -> verdict {
        auto const at = static_cast<std::size_t>(&node - s.nodes.data());
        if (at >= s.nodes.size()) return ask(task, node);
        return bound.plugin->verdict_of(s.call->status, s.call->verdicts[at]);
    }
    auto track(Task const& task, std::span<Node const> nodes) const -> library_filter_tracker<Task, Node> {
        return {bound, task, *bound.template ask_all<std::uint8_t>(task, nodes)};
    }

    /// The verdict on a node as it is now. Out of the way of decisions about all nodes at once.
    [[gnu::noinline]] auto ask(Task const& task, Node const& node) const -> verdict {
        auto said = std::uint8_t{0};
        auto const status = bound.ask(task, {&node, 1}, &said);
        return bound.plugin->verdict_of(status, said);
    }
};

/// A score's plugin as a leaf asks it.
template <class Task, class Node> struct library_score_call {
    using state = library_answers<Node>;

    plugin_binding<Task, Node> bound;

    auto prepare(Task const& task, std::span<Node const> nodes) const -> state {
        return {nodes, bound.template ask_all<points>(task, nodes)};
    }
    auto operator()(Task const& task, Node const& node, state const& s) const -> points {
        auto const at = static_cast<std::size_t>(&node - s.nodes.data());
        return at < s.nodes.size() ? s.call->column[at] : ask(task, node);
    }
    auto track(Task const& task, std::span<Node const> nodes) const -> library_score_tracker<Task, Node> {
        return {bound, task, *bound.template ask_all<points>(task, nodes)};
    }

    /// The points of a node as it is now.
    [[gnu::noinline]] auto ask(Task const& task, Node const& node) const -> points {
        auto out = points{0};
        bound.ask(task, {&node, 1}, &out);
        return out;
    }
};

} // namespace berth::schedule::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/schedule/detail/plugin_call.ipp>
#endif
