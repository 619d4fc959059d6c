/// \file
/// How many requests does the front answer, with the load generator on the same machine? To be compared with
/// kube-apiserver 1.36.2 over etcd 3.5 on two cores: 1,000-1,500 creates and 2,500-4,200 gets per second over
/// 16 connections, a list of 10,000 pods in 283 ms, 10,300 events per second to 50 watches.
///
/// One thread runs the server, the benchmark's own thread is the client: on every connection it sends a
/// request, then it takes the answer of each.

#include <berth/api/http/server.hpp>
#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/core/clock.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/object/codec.hpp>

#include <benchmark/benchmark.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

namespace api = berth::api;
namespace object = berth::object;
namespace kube = berth::kube;

using store = berth::api::memory_store;

/// A server with pods, run by one thread.
struct port {
    store objects;
    api::registry kinds;
    api::server desk;
    api::http::server front;
    std::jthread thread;

    port() : kinds(make_kinds()), desk(objects, kinds, options()), front(desk) {
        if (!front.open()) throw std::runtime_error("cannot listen");
        thread = std::jthread([this](std::stop_token s) { front.run(s); });
    }
    static auto make_kinds() -> api::registry {
        auto out = api::registry();
        out.add(api::kind_of<kube::pod>{});
        return out;
    }
    static auto options() -> api::server_options {
        return {.now = [] { return berth::system_clock{}.now(); }, .seed = 0, .admission = {}};
    }
};

/// A blocking connection that knows as much of HTTP as is needed to find the end of an answer.
class client {
public:
    explicit client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        auto address = sockaddr_in{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto const on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (::connect(socket_, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0)
            throw std::runtime_error("cannot connect");
        buffer_.resize(1U << 20U);
    }
    client(client&& other) noexcept
        : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)) {}
    auto operator=(client&&) -> client& = delete;
    ~client() {
        if (socket_ >= 0) ::close(socket_);
    }

    auto send(std::string_view text) -> void {
        while (!text.empty()) {
            auto const n = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
            if (n <= 0) throw std::runtime_error("cannot send");
            text.remove_prefix(static_cast<std::size_t>(n));
        }
    }
    /// Takes one answer; its status and the length of its body.
    auto receive() -> std::pair<int, std::size_t> {
        auto have = std::size_t{0};
        auto end = std::string_view::npos;
        while (end == std::string_view::npos) {
            have += read(have);
            end = std::string_view(buffer_.data(), have).find("\r\n\r\n");
        }
        auto const head = std::string_view(buffer_.data(), end);
        auto const at = head.find("Content-Length: ") + 16;
        auto const length = std::stoul(std::string(head.substr(at, head.find('\r', at) - at)));
        auto const status = std::stoi(std::string(head.substr(9, 3)));
        for (auto body = have - end - 4; body < length;) body += read(0);
        return {status, length};
    }
    /// Counts the events of a watch that are there, by what each begins with; waits for the first.
    auto count_events() -> std::size_t {
        constexpr std::string_view mark = "{\"type\":\"";
        auto const n = read(kept_);
        auto const text = std::string_view(buffer_.data(), kept_ + n);
        auto count = std::size_t{0};
        auto end = std::size_t{0};
        for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, end)) {
            end = at + mark.size();
            ++count;
        }
        auto const rest = text.substr(std::max(end, text.size() - std::min(text.size(), mark.size() - 1)));
        kept_ = rest.size();
        std::copy(rest.begin(), rest.end(), buffer_.begin());
        return count;
    }
    [[nodiscard]] auto handle() const -> int { return socket_; }

private:
    auto read(std::size_t at) -> std::size_t {
        auto const n = ::recv(socket_, buffer_.data() + at, buffer_.size() - at, 0);
        if (n <= 0) throw std::runtime_error("cannot receive");
        return static_cast<std::size_t>(n);
    }

    int socket_;
    std::size_t kept_ = 0;
    std::string buffer_;
};

constexpr std::string_view pods = "/api/v1/namespaces/default/pods";

auto pod_text(std::string const& name) -> std::string {
    return R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":")" + name +
           R"(","labels":{"app":"web","tier":"front"}},"spec":{"containers":[{"name":"main","image":)"
           R"("registry.example.com/app:1.0","command":["sleep","3600"],"resources":)"
           R"({"requests":{"cpu":"100m","memory":"128Mi"}},)"
           R"("env":[{"name":"A","value":"1"},{"name":"B","value":"2"}],"ports":)"
           R"([{"name":"http","containerPort":8080,"protocol":"TCP"}]}],"restartPolicy":"Always",)"
           R"("nodeSelector":{"disk":"ssd"}}})";
}

auto request(std::string_view method, std::string_view target, std::string_view body = {}) -> std::string {
    auto out = std::string(method) + " " + std::string(target) +
               " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\nAccept: application/json\r\n";
    if (!body.empty())
        out += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    return out + "\r\n" + std::string(body);
}

auto connect(port const& p, int n) -> std::vector<client> {
    auto out = std::vector<client>();
    for (auto i = 0; i < n; ++i) out.emplace_back(p.front.port());
    return out;
}

auto create_pod(port& p, int n) -> bool {
    auto pod = object::from_json_text<kube::pod>(pod_text("pod-" + std::to_string(n)));
    if (!pod) return false;
    pod->metadata.namespace_ = "default";
    return api::create(p.desk, *std::move(pod)).has_value();
}

auto fill(port& p, int n) -> void {
    for (auto i = 0; i < n; ++i)
        if (!create_pod(p, i)) throw std::runtime_error("cannot create");
}

auto creates(benchmark::State& state) -> void {
    auto p = port();
    auto clients = connect(p, static_cast<int>(state.range(0)));
    auto serial = 0;
    for (auto _ : state) {
        for (auto& c : clients) c.send(request("POST", pods, pod_text("pod-" + std::to_string(serial++))));
        for (auto& c : clients)
            if (c.receive().first != 201) state.SkipWithError("not created");
    }
    state.SetItemsProcessed(serial);
}
BENCHMARK(creates)->Arg(1)->Arg(16)->UseRealTime();

auto gets(benchmark::State& state) -> void {
    auto p = port();
    fill(p, 1000);
    auto clients = connect(p, static_cast<int>(state.range(0)));
    auto const text = request("GET", std::string(pods) + "/pod-500");
    auto count = std::int64_t{0};
    for (auto _ : state) {
        for (auto& c : clients) c.send(text);
        for (auto& c : clients)
            if (c.receive().first != 200) state.SkipWithError("not found");
        count += state.range(0);
    }
    state.SetItemsProcessed(count);
}
BENCHMARK(gets)->Arg(1)->Arg(16)->UseRealTime();

/// A list of so many pods, encoded before (as it is for every reader but the first).
auto list(benchmark::State& state) -> void {
    auto p = port();
    fill(p, static_cast<int>(state.range(0)));
    auto c = client(p.front.port());
    auto const text = request("GET", pods);
    auto bytes = std::size_t{0};
    c.send(text);
    c.receive();
    for (auto _ : state) {
        c.send(text);
        bytes += c.receive().second;
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(list)->Arg(1000)->Arg(10'000)->UseRealTime()->Unit(benchmark::kMillisecond);

/// 200 pods created, and every one seen by each of so many watches.
auto fan_out(benchmark::State& state) -> void {
    constexpr auto burst = 200;
    auto p = port();
    auto watches = connect(p, static_cast<int>(state.range(0)));
    auto polled = std::vector<pollfd>();
    for (auto& w : watches) {
        w.send(request("GET", std::string(pods) + "?watch=true&resourceVersion=1"));
        polled.push_back({w.handle(), POLLIN, 0});
    }
    auto serial = 0;
    auto const events_of = [&](std::size_t expected) {
        for (auto seen = std::size_t{0}; seen < expected;) {
            ::poll(polled.data(), polled.size(), -1);
            for (std::size_t i = 0; i < polled.size(); ++i)
                if ((polled[i].revents & POLLIN) != 0) seen += watches[i].count_events();
        }
    };
    for (auto _ : state) {
        for (auto i = 0; i < burst; ++i)
            if (!create_pod(p, serial++)) state.SkipWithError("not created");
        events_of(burst * watches.size());
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(serial) * state.range(0));
}
BENCHMARK(fan_out)->Arg(1)->Arg(50)->UseRealTime()->Unit(benchmark::kMillisecond);

/// 200 pods deleted at once, and every deletion seen by each of so many watches.
auto fan_out_of_deletions(benchmark::State& state) -> void {
    constexpr auto burst = 200;
    auto p = port();
    auto watches = connect(p, static_cast<int>(state.range(0)));
    auto polled = std::vector<pollfd>();
    for (auto& w : watches) {
        w.send(request("GET", std::string(pods) + "?watch=true&resourceVersion=1"));
        polled.push_back({w.handle(), POLLIN, 0});
    }
    auto const take = [&](std::size_t expected) {
        for (auto seen = std::size_t{0}; seen < expected;) {
            ::poll(polled.data(), polled.size(), -1);
            for (std::size_t i = 0; i < polled.size(); ++i)
                if ((polled[i].revents & POLLIN) != 0) seen += watches[i].count_events();
        }
    };
    auto now = api::delete_options{};
    now.grace_period_seconds = 0;
    for (auto _ : state) {
        state.PauseTiming();
        fill(p, burst);
        take(burst * watches.size());
        state.ResumeTiming();
        for (auto i = 0; i < burst; ++i)
            if (!p.desk.remove(kube::pod::resource, {"default", "pod-" + std::to_string(i)}, now))
                state.SkipWithError("not deleted");
        take(burst * watches.size());
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * burst * state.range(0));
}
BENCHMARK(fan_out_of_deletions)->Arg(50)->UseRealTime()->Unit(benchmark::kMillisecond);

/// Updates of one pod, in this process, beside so many idle watches of other pods over HTTP.
auto update_beside_idle_watches(benchmark::State& state) -> void {
    auto p = port();
    fill(p, 1);
    auto watches = connect(p, static_cast<int>(state.range(0)));
    auto i = 0;
    for (auto& w : watches) {
        auto const name = "other-" + std::to_string(i++);
        w.send(request("GET", std::string(pods) +
                                  "?watch=true&resourceVersion=1&fieldSelector=metadata.name%3D" + name));
    }
    auto const where = object::key{"default", "pod-0"};
    auto n = 0;
    for (auto _ : state) {
        auto pod = **api::get<kube::pod>(p.desk, where);
        pod.metadata.labels["n"] = std::to_string(n++);
        if (!api::update(p.desk, std::move(pod), 0)) state.SkipWithError("not updated");
        if (n % 10'000 == 0) static_cast<void>(p.objects.compact(p.objects.revision()));
    }
    state.SetItemsProcessed(n);
}
BENCHMARK(update_beside_idle_watches)->Arg(0)->Arg(50)->Arg(2'000)->UseRealTime();

} // namespace
