/// \file
/// Real processes: their output, their ends, and that none is left behind.

#include <berth/core/clock.hpp>
#include <berth/node/detail/warden_log.hpp>
#include <berth/node/logs.hpp>
#include <berth/node/process_runtime.hpp>
#include <berth/object/time.hpp>

#include <catch2/catch_test_macros.hpp>
#include <netinet/in.h>
#include <store/etcd/server.hpp>
#include <sys/file.h>
#include <sys/socket.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

using namespace berth;
using namespace berth::node;

namespace {

/// A folder that goes away with the test.
struct scratch {
    std::filesystem::path path;

    scratch() {
        auto name = (std::filesystem::temp_directory_path() / "berth-XXXXXX").string();
        path = ::mkdtemp(name.data());
    }
    scratch(scratch const&) = delete;
    auto operator=(scratch const&) -> scratch& = delete;
    ~scratch() { std::filesystem::remove_all(path); }
};

auto quick() -> process_options {
    auto options = process_options{};
    options.shutdown_grace = milliseconds(0);
    return options;
}

auto opened(process_options options = quick()) -> process_runtime {
    return process_runtime::open(std::move(options)).value();
}

auto shell(std::string script, std::string log = {}) -> container_spec {
    return {.name = "test",
            .image = "none",
            .command = {"sh", "-c", std::move(script)},
            .environment = {},
            .working_directory = {},
            .log_path = std::move(log),
            .memory_limit = {}};
}

/// Polls until `count` reports came, for 20 s at most.
auto wait_for(process_runtime& runtime, std::size_t count = 1) -> std::vector<exit_report> {
    auto out = std::vector<exit_report>();
    for (auto i = 0; i < 10'000 && out.size() < count; ++i) {
        for (auto& report : runtime.poll(system_clock{}.now())) out.push_back(std::move(report));
        if (out.size() < count) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return out;
}

auto now() -> time_point { return system_clock{}.now(); }

/// Whether a process exists and is no zombie.
auto alive(int pid) -> bool {
    auto const line = node::detail::first_line(("/proc/" + std::to_string(pid) + "/stat").c_str());
    auto const end = line.rfind(')');
    return end != std::string::npos && end + 2 < line.size() && line[end + 2] != 'Z';
}

auto gone_soon(int pid) -> bool {
    for (auto i = 0; i < 5'000 && alive(pid); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return !alive(pid);
}

auto written(std::string const& path) -> std::string {
    return log_reader::open(path).value().read(1U << 30U);
}

/// Waits until a log has a line, and answers the number in it.
auto number_in(std::string const& path) -> int {
    for (auto i = 0; i < 5'000; ++i) {
        if (auto reader = log_reader::open(path))
            if (auto const text = reader->read(); !text.empty()) return std::stoi(text);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return 0;
}

} // namespace

TEST_CASE("what containers use is known, their children's included", "[node][process_runtime]") {
    auto runtime = opened();
    auto const busy = runtime.start(shell("(while :; do :; done) & wait"), now()).value();
    auto used = container_use();
    for (auto i = 0; i < 10'000 && used.cpu < milliseconds(50); ++i) {
        if (auto const all = runtime.used(); all.contains(busy)) used = all.at(busy);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    CHECK(used.cpu >= milliseconds(50));
    CHECK(used.memory_bytes > 0);
    REQUIRE(runtime.signal(busy, SIGKILL, now()));
    CHECK(wait_for(runtime).size() == 1);
    CHECK(runtime.used().empty());
}

TEST_CASE("a container is a process with an exit code", "[node][process_runtime]") {
    auto runtime = opened();
    auto const id = runtime.start(shell("exit 3"), now());
    REQUIRE(id);
    auto const reports = wait_for(runtime);
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].id == *id);
    CHECK(reports[0].exit_code == 3);
    CHECK(reports[0].signal == 0);
    CHECK(reports[0].reason == "Error");
    CHECK(runtime.running().empty());
    CHECK(runtime.next(now()) == wake::signalled());
    CHECK(runtime.signal(*id, SIGTERM, now()).error().code == error_code::not_found);
}

TEST_CASE("both output streams are logged line by line with their times", "[node][process_runtime]") {
    auto const dir = scratch();
    auto const log = dir.path / "pods" / "a" / "0.log";
    auto runtime = opened();
    REQUIRE(runtime.start(shell("echo one; echo two >&2; printf three", log.string()), now()));
    CHECK(wait_for(runtime)[0].reason == "Completed");
    auto lines = std::vector<std::string>();
    auto file = std::ifstream(log);
    for (auto line = std::string(); std::getline(file, line);) lines.push_back(line);
    REQUIRE(lines.size() == 3);
    for (auto const& line : lines) {
        CHECK(object::parse_time(line.substr(0, 30)).has_value());
        auto const rest = line.substr(30);
        CHECK((rest == " stdout F one" || rest == " stderr F two" || rest == " stdout F three"));
    }
    auto only = log_options{};
    only.from = log_options::stream::standard_error;
    CHECK(log_reader::open(log.string(), only).value().read() == "two\n");
}

TEST_CASE("environment, working directory and search path are the container's own",
          "[node][process_runtime]") {
    auto const dir = scratch();
    auto const log = (dir.path / "0.log").string();
    auto options = quick();
    options.environment = {{"SHARED", "yes"}, {"OWN", "no"}};
    auto runtime = opened(std::move(options));
    auto spec = shell("echo $SHARED $OWN $(pwd) ${BERTH_STRANGER:-absent}; hello", log);
    ::setenv("BERTH_STRANGER", "leaked", 1);
    std::filesystem::create_directories(dir.path / "bin");
    std::ofstream(dir.path / "bin" / "hello") << "#!/bin/sh\necho hello\n";
    std::filesystem::permissions(dir.path / "bin" / "hello", std::filesystem::perms::owner_all);
    spec.environment = {
        {"OWN", "first"}, {"OWN", "last"}, {"PATH", (dir.path / "bin").string() + ":/usr/bin:/bin"}};
    spec.working_directory = dir.path.string();
    REQUIRE(runtime.start(spec, now()));
    wait_for(runtime);
    CHECK(written(log) == "yes last " + dir.path.string() + " absent\nhello\n");
}

TEST_CASE("what cannot be run is a clear error and leaves nothing behind", "[node][process_runtime]") {
    auto runtime = opened();
    auto spec = shell("");
    spec.command = {};
    auto refused = runtime.start(spec, now());
    REQUIRE(!refused);
    CHECK(refused.error().code == error_code::invalid);
    CHECK(refused.error().message.find("images are not pulled") != std::string::npos);
    spec.command = {"no-such-program"};
    refused = runtime.start(spec, now());
    CHECK(refused.error().code == error_code::not_found);
    CHECK(refused.error().message == "exec: \"no-such-program\": executable file not found in $PATH");
    spec.command = {"/no/such/program"};
    refused = runtime.start(spec, now());
    CHECK(refused.error().code == error_code::not_found);
    CHECK(refused.error().message == "exec: \"/no/such/program\": No such file or directory");
    spec.command = {"/etc/passwd"};
    CHECK(runtime.start(spec, now()).error().code == error_code::forbidden);
    spec.command = {""};
    CHECK(runtime.start(spec, now()).error().code == error_code::invalid);
    spec = shell("true");
    spec.working_directory = "/no/such/directory";
    refused = runtime.start(spec, now());
    CHECK(refused.error().message ==
          "chdir to cwd (\"/no/such/directory\") failed: No such file or directory");
    CHECK(runtime.running().empty());
    CHECK(runtime.poll(now()).empty());
}

TEST_CASE("a container that ignores SIGTERM ends by SIGKILL", "[node][process_runtime]") {
    auto const dir = scratch();
    auto const log = (dir.path / "0.log").string();
    auto runtime = opened();
    auto const id =
        runtime.start(shell("trap 'echo no' TERM; echo $$; while :; do sleep 0.05; done", log), now())
            .value();
    CHECK(number_in(log) == runtime.pid_of(id));
    REQUIRE(runtime.signal(id, SIGTERM, now()));
    for (auto i = 0; i < 5000 && written(log).find("no") == std::string::npos; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    CHECK(runtime.poll(now()).empty());
    REQUIRE(runtime.signal(id, SIGKILL, now()));
    auto const reports = wait_for(runtime);
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].exit_code == 137);
    CHECK(reports[0].signal == SIGKILL);
}

TEST_CASE("signals reach grandchildren, and none of them outlives its container", "[node][process_runtime]") {
    auto const dir = scratch();
    auto const log = (dir.path / "0.log").string();
    auto runtime = opened();
    auto const id = runtime.start(shell("sleep 300 & echo $!; wait", log), now()).value();
    auto const grandchild = number_in(log);
    REQUIRE(alive(grandchild));
    REQUIRE(runtime.signal(id, SIGTERM, now()));
    CHECK(wait_for(runtime)[0].signal == SIGTERM);
    CHECK(gone_soon(grandchild));

    auto const second = (dir.path / "1.log").string();
    REQUIRE(runtime.start(shell("sleep 300 & echo $!", second), now()));
    CHECK(wait_for(runtime)[0].exit_code == 0);
    CHECK(gone_soon(number_in(second)));
}

TEST_CASE("when the runtime goes, everything it started goes", "[node][process_runtime]") {
    auto const dir = scratch();
    auto const log = (dir.path / "0.log").string();
    auto const escaped = (dir.path / "1.log").string();
    auto leader = 0;
    auto daemon = 0;
    {
        auto runtime = opened();
        auto const id = runtime.start(shell("echo $$; sleep 300", log), now()).value();
        REQUIRE(runtime.start(shell("setsid sleep 300 & echo $!; exec sleep 300", escaped), now()));
        leader = runtime.pid_of(id);
        daemon = number_in(escaped);
        REQUIRE(number_in(log) == leader);
        REQUIRE(alive(daemon));
        auto moved = std::move(runtime);
        CHECK(moved.running().size() == 2);
    }
    CHECK(!alive(leader));
    CHECK(!alive(daemon));
}

TEST_CASE("when the program dies, everything its runtime started goes", "[node][process_runtime]") {
    auto const dir = scratch();
    auto const log = (dir.path / "0.log").string();
    auto const program = ::fork();
    if (program == 0) {
        auto runtime = opened();
        auto const id = runtime.start(shell("trap '' TERM; sleep 300 & echo $!; wait", log), now());
        if (!id) ::_exit(1);
        std::this_thread::sleep_for(std::chrono::seconds(300));
        ::_exit(0);
    }
    auto const grandchild = number_in(log);
    CHECK(alive(grandchild));
    ::kill(program, SIGKILL);
    ::waitpid(program, nullptr, 0);
    CHECK(gone_soon(grandchild));
}

TEST_CASE("when the warden is killed, its containers are reported and others can be started",
          "[node][process_runtime]") {
    auto runtime = opened();
    auto const id = runtime.start(shell("sleep 300 & sleep 300"), now()).value();
    auto const leader = runtime.pid_of(id);
    auto stat = node::detail::first_line(("/proc/" + std::to_string(leader) + "/stat").c_str());
    auto const parent = std::stoi(stat.substr(stat.rfind(')') + 4));
    REQUIRE(parent != ::getpid());
    ::kill(parent, SIGKILL);
    auto const reports = wait_for(runtime);
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].id == id);
    CHECK(reports[0].exit_code == 137);
    CHECK(gone_soon(leader));
    REQUIRE(runtime.start(shell("exit 5"), now()));
    CHECK(wait_for(runtime).at(0).exit_code == 5);
}

TEST_CASE("containers get time to end when the runtime goes", "[node][process_runtime]") {
    auto const dir = scratch();
    auto const log = (dir.path / "0.log").string();
    {
        auto options = quick();
        options.shutdown_grace = seconds(10);
        auto runtime = opened(std::move(options));
        REQUIRE(runtime.start(
            shell("trap 'echo bye; exit 0' TERM; echo 1; while :; do sleep 0.05; done", log), now()));
        number_in(log);
    }
    CHECK(written(log).ends_with("bye\n"));
}

TEST_CASE("huge output and endless lines arrive whole", "[node][process_runtime]") {
    auto const dir = scratch();
    auto const many = (dir.path / "0.log").string();
    auto const wide = (dir.path / "1.log").string();
    auto runtime = opened();
    REQUIRE(runtime.start(shell("i=0; yes 0123456789012345678901234567890123456789 | head -n 200000", many),
                          now()));
    REQUIRE(runtime.start(shell("head -c 1000000 /dev/zero | tr '\\0' x; echo; echo end", wide), now()));
    CHECK(wait_for(runtime, 2).size() == 2);
    CHECK(written(many).size() == 200'000 * 41);
    CHECK(written(wide) == std::string(1'000'000, 'x') + "\nend\n");
}

TEST_CASE("an action runs as the container would and tells its output", "[node][process_runtime]") {
    auto runtime = opened();
    auto spec = shell("sleep 300");
    spec.environment = {{"WHO", "me"}};
    auto const id = runtime.start(spec, now()).value();
    auto const good = runtime.run(id, exec_action{{"sh", "-c", "echo $WHO; exit 7"}}, now()).value();
    auto const reports = wait_for(runtime);
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].id == good);
    CHECK(reports[0].exit_code == 7);
    CHECK(reports[0].output == "me\n");
    CHECK(runtime.run(id, exec_action{{"no-such-probe"}}, now()).error().code == error_code::not_found);
    auto const slow = runtime.run(id, exec_action{{"sleep", "300"}}, now()).value();
    REQUIRE(runtime.signal(slow, SIGKILL, now()));
    CHECK(wait_for(runtime)[0].id == slow);
    CHECK(runtime.running() == std::vector{id});
}

TEST_CASE("network actions find a listener, or say why not", "[node][process_runtime]") {
    auto listener = descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    auto address = sockaddr_in{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto size = socklen_t{sizeof address};
    REQUIRE(::bind(listener.get(), reinterpret_cast<sockaddr const*>(&address), size) == 0);
    REQUIRE(::listen(listener.get(), 8) == 0);
    ::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size);
    auto const port = ntohs(address.sin_port);
    auto server = std::thread([&] {
        // The last is a message of the gRPC health protocol: SERVING.
        auto const serving = std::string("\0\0\7\0\0\0\0\0\1\0\0\0\0\2\x08\1", 16);
        for (auto const& answer : {std::string(), std::string("HTTP/1.1 200 OK\r\n\r\n"),
                                   std::string("HTTP/1.1 503 No\r\n\r\n"), serving}) {
            auto peer = descriptor(::accept(listener.get(), nullptr, nullptr));
            char buffer[512];
            if (answer.empty()) continue;
            if (::read(peer.get(), buffer, sizeof buffer) > 0)
                node::detail::write_all(peer.get(), answer.data(), answer.size());
        }
    });
    auto runtime = opened();
    auto const id = runtime.start(shell("sleep 300"), now()).value();
    auto const ask = [&](action what) {
        REQUIRE(runtime.run(id, what, now()));
        return wait_for(runtime).at(0);
    };
    CHECK(ask(tcp_action{"", port}).exit_code == 0);
    CHECK(ask(http_action{"127.0.0.1", port, "/health", {{"X-Test", "1"}}}).exit_code == 0);
    CHECK(ask(http_action{"localhost", port, "/", {}}).output == "HTTP probe failed with statuscode: 503");
    CHECK(ask(grpc_action{{}, port, "web"}).exit_code == 0);
    server.join();
    listener.close();
    CHECK(ask(grpc_action{{}, port, {}}).output.find("Connection refused") != std::string::npos);
    CHECK(ask(pause_action{milliseconds(20)}).exit_code == 0);
    CHECK(ask(tcp_action{"", port}).output.find("Connection refused") != std::string::npos);
    CHECK(ask(tcp_action{"no.such.host", port}).exit_code == 1);
}

TEST_CASE("a real gRPC server is asked for its health", "[node][process_runtime]") {
    auto server = store::testing::etcd_server(); // it serves grpc.health.v1 for itself, and for no service
    auto runtime = opened();
    auto const id = runtime.start(shell("sleep 300"), now()).value();
    auto const ask = [&](std::string service) {
        REQUIRE(runtime.run(id, grpc_action{{}, server.port(), std::move(service)}, now()));
        return wait_for(runtime).at(0);
    };
    auto const well = ask({});
    CHECK(well.exit_code == 0);
    auto const unknown = ask("no.such.Service");
    CHECK(unknown.exit_code == 1);
    CHECK(unknown.output == "error: health rpc probe failed: the server does not answer the health protocol");
    server.kill();
    CHECK(ask({}).output.find("Connection refused") != std::string::npos);
}

TEST_CASE("a container above its memory limit is killed", "[node][process_runtime]") {
    auto runtime = opened();
    auto spec = shell("x=$(head -c 60000000 /dev/zero | tr '\\0' x); sleep 300");
    spec.memory_limit = std::int64_t{40} << 20U;
    REQUIRE(runtime.start(spec, now()));
    auto const reports = wait_for(runtime);
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].reason == "OOMKilled");
    CHECK(reports[0].exit_code == 137);
}

TEST_CASE("two runtimes on two threads do not disturb each other", "[node][process_runtime]") {
    auto const work = [](int code, std::vector<int>& out) {
        auto runtime = opened();
        for (auto i = 0; i < 30; ++i) {
            if (!runtime.start(shell("exit " + std::to_string(code)), now())) return;
            for (auto const& report : wait_for(runtime)) out.push_back(report.exit_code);
        }
    };
    auto first = std::vector<int>();
    auto second = std::vector<int>();
    auto one = std::thread([&] { work(4, first); });
    auto two = std::thread([&] { work(5, second); });
    one.join();
    two.join();
    CHECK(first == std::vector<int>(30, 4));
    CHECK(second == std::vector<int>(30, 5));
}

TEST_CASE("containers do not inherit the program's descriptors, signals or terminal",
          "[node][process_runtime]") {
    auto const dir = scratch();
    auto const log = (dir.path / "0.log").string();
    auto const inherited = ::open("/dev/null", O_RDONLY); // without CLOEXEC
    std::signal(SIGPIPE, SIG_IGN);
    auto runtime = opened();
    REQUIRE(runtime.start(
        shell("ls /proc/self/fd | tr '\\n' ' '; grep -E 'Sig(Blk|Ign)' /proc/self/status | tr '\\n\\t' '  '",
              log),
        now()));
    wait_for(runtime);
    ::close(inherited);
    CHECK(written(log) == "0 1 2 3 SigBlk: 0000000000000000 SigIgn: 0000000000000000 \n");
}

TEST_CASE("many short containers leave no trace", "[node][process_runtime]") {
    auto runtime = opened();
    auto started = std::size_t{0};
    for (auto i = 0; i < 200; ++i) started += runtime.start(shell("exit 0"), now()) ? 1U : 0U;
    CHECK(started == 200);
    CHECK(wait_for(runtime, 200).size() == 200);
    CHECK(runtime.running().empty());
}

TEST_CASE("a process writes where it may, and not below what it is to keep", "[node][process_runtime]") {
    auto place = scratch();
    std::filesystem::create_directory(place.path / "kept");
    auto runtime = opened();
    auto spec = shell("echo a > kept/a; echo b > b");
    spec.working_directory = place.path.string();
    spec.read_only = {(place.path / "kept").string()};
    REQUIRE(runtime.start(spec, now()));
    REQUIRE(wait_for(runtime).size() == 1);
    CHECK(std::filesystem::exists(place.path / "kept" / "a") != runtime.keeps_read_only());
    CHECK(std::filesystem::exists(place.path / "b"));
    spec.read_only = {(place.path / "gone").string()};
    auto const refused = runtime.start(spec, now());
    CHECK(refused.has_value() != runtime.keeps_read_only());
    if (!refused) CHECK(refused.error().message == "cannot make mounts read-only: No such file or directory");
}
