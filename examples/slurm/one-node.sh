#!/usr/bin/env bash
# A Slurm cluster of one node on this machine, to try things on. All of it lives in one folder: nothing in /etc, no
# system service, no other machine. Root is not needed.
#
#   one-node.sh start DIR   starts what is not running yet, prints the export that points sbatch and its kin to it
#   one-node.sh crash DIR   kills the jobs and slurmd as a power cut would; until start, the controller has no node
#   one-node.sh stop DIR    cancels its jobs and ends it
set -euo pipefail
PATH=$PATH:/usr/sbin # Debian's place for daemons, where others than root do not look

usage() {
  echo "usage: one-node.sh start|crash|stop DIR" >&2
  exit 2
}
[ $# -eq 2 ] || usage

missing=
for program in pgrep munged mungekey slurmctld slurmd sbatch; do
  command -v "$program" > /dev/null || missing="$missing $program"
done
if [ -n "$missing" ]; then
  echo "one-node.sh needs$missing (Debian: apt-get install slurm-wlm munge procps)" >&2
  exit 2
fi

mkdir -p "$2"
dir=$(cd "$2" && pwd)
node=$(hostname -s)
export SLURM_CONF=$dir/slurm.conf

# The daemon's process, if it lives. The command line of a dead one is empty, should nobody have reaped it.
pid_of() {
  local pid
  pid=$(cat "$dir/$1.pid" 2> /dev/null) && grep -qs "$1" "/proc/$pid/cmdline" && echo "$pid"
}

# within SECONDS COMMAND...: until the command succeeds.
within() {
  local end=$((SECONDS + $1))
  shift
  until "$@" > /dev/null 2>&1; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.2
  done
}

# A port of this machine's address that nobody listens at, from $1 on.
free_port() {
  local port=$1
  while (: < "/dev/tcp/$address/$port") 2> /dev/null; do port=$((port + 1)); done
  echo "$port"
}

configure() {
  local address controller worker
  # Slurm listens where the machine's name leads, on most machines to the loopback.
  if ! address=$(getent ahostsv4 "$node" | awk 'NR == 1 { print $1 }') || [ -z "$address" ]; then
    echo "one-node.sh needs an address for this machine's name, $node, in /etc/hosts" >&2
    exit 2
  fi
  controller=$(free_port 16817)
  worker=$(free_port $((controller + 1)))
  mkdir -p "$dir/state" "$dir/spool"
  mungekey --create --keyfile "$dir/munge.key"
  # cred_expire is how long a requeued job waits, by default two minutes; then the scheduler has to look, by default
  # every half a minute. cons_tres lets several jobs share the node.
  # linuxproc and no task plugin: what works without control groups, in a container, too.
  cat > "$SLURM_CONF" << END
ClusterName=one-node
SlurmctldHost=$node($address)
SlurmctldPort=$controller
SlurmdPort=$worker
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$dir/munge.socket,cred_expire=5
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=2
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
NodeName=$node NodeAddr=$address CPUs=$(nproc)
PartitionName=all Nodes=$node Default=YES MaxTime=INFINITE State=UP
END
}

# A node that does not answer has a star.
ready() { sinfo --noheader --format %T | grep -qxE "idle|mixed|allocated"; }
no_jobs() { [ -z "$(squeue --noheader)" ]; }
ended() { ! pid_of "$1"; }

start() {
  [ -f "$SLURM_CONF" ] || configure
  # --force: munged would refuse a socket in a folder that only its user can enter.
  pid_of munged > /dev/null || munged --force --key-file "$dir/munge.key" --socket "$dir/munge.socket" \
    --pid-file "$dir/munged.pid" --log-file "$dir/munged.log" --seed-file "$dir/munged.seed" 2> "$dir/munged.err" ||
    { cat "$dir/munged.err" >&2 && exit 1; }
  pid_of slurmctld > /dev/null || slurmctld
  pid_of slurmd > /dev/null || slurmd
  if ! within 60 ready; then
    echo "one-node.sh: the node is not ready after 60 s; its logs end with" >&2
    tail -n 5 "$dir"/*.log >&2
    stop
    exit 1
  fi
  echo "export SLURM_CONF=$SLURM_CONF"
}

# end DAEMON SIGNAL: and waits for it.
end() {
  kill -s "$2" "$(pid_of "$1")" 2> /dev/null || true
  within 20 ended "$1" || kill -KILL "$(pid_of "$1")"
}

# The controller finds out by itself, but gives a silent node five minutes.
crash() {
  kill_node
  scontrol update NodeName="$node" State=DOWN Reason=crash
}

# A slurmstepd works in the folder of slurmd's log and leads the session of its job.
kill_node() {
  end slurmd KILL
  local process
  for process in $(pgrep -x slurmstepd); do
    [ "$(readlink "/proc/$process/cwd")" = "$dir" ] || continue
    pkill -KILL --session "$(ps -o sid= -p "$process" | tr -d ' ')" || true
  done
}

stop() {
  if pid_of slurmctld > /dev/null; then
    scancel --user "$(id -un)" || true
    within 60 no_jobs || true
  fi
  kill_node
  end slurmctld TERM
  end munged TERM
}

case $1 in
  start | crash | stop) "$1" ;;
  *) usage ;;
esac
